import { audible, limitInSeconds, rate, type Sound, type SoundCounts } from './format';
import { Margin } from './margin';
import type { Outlet } from './outlet';

const limit = limitInSeconds * rate;

/**
 * Plays each piece where the last one ends, by the context's clock, for pages without worklets. As in the jitter buffer: a first piece waits
 * until the target is reached, and when more than the limit is scheduled already, pieces are left out until the target is.
 */
export class ScheduledOutlet implements Outlet {
  readonly name = 'scheduled';
  /** Where the next piece begins, in frames of the context's time: whole, so that pieces meet without a seam. */
  private next = 0;
  private isSkipping = false;
  private last = 0;
  private skips = 0;
  private gaps = 0;
  private readonly target = Margin.ofSound();

  constructor(private readonly context: BaseAudioContext, private readonly destination: AudioNode) {}

  play({ left, right }: Sound): void {
    if (left.length === 0) return;
    const held = this.held();
    if (held > limit && !this.isSkipping) {
      this.isSkipping = true;
      this.skips++;
    }
    this.isSkipping &&= held > this.target.frames;
    if (this.isSkipping) return;
    if (held < 0) this.begin();
    const buffer = this.context.createBuffer(2, left.length, rate);
    buffer.copyToChannel(left, 0);
    buffer.copyToChannel(right, 1);
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.destination);
    source.start(this.next / rate);
    this.next += left.length;
    this.target.played(left.length);
    this.last = Math.max(Math.abs(left.at(-1)!), Math.abs(right.at(-1)!));
  }

  clear(): void {
    // What is scheduled is over within the limit, and what comes next follows on it.
    this.isSkipping = false;
    this.last = 0;
  }

  async counts(): Promise<SoundCounts> {
    return { heldInSeconds: Math.max(0, this.held()) / rate, skips: this.skips, gaps: this.gaps };
  }

  private begin(): void {
    if (this.last > audible) {
      this.gaps++;
      this.target.gap();
    }
    this.next = Math.ceil(this.context.currentTime * rate + this.target.frames);
  }

  private held(): number {
    return this.next - this.context.currentTime * rate;
  }
}
