import { audible, type Sound, type SoundCounts } from './format';
import type { Margin } from './margin';

/**
 * Holds sound between its irregular arrival and its regular playing. It plays once as many frames as the target says are there, so that a late message is
 * not heard; when more than `limit` wait it skips to the newest of the target, so that sound never lags further behind the picture. One frame is
 * a left and a right sample.
 */
export class JitterBuffer {
  private readonly left: Float32Array;
  private readonly right: Float32Array;
  private start = 0;
  private count = 0;
  private isPlaying = false;
  private glide = 0;
  private last = { left: 0, right: 0 };
  private from = { left: 0, right: 0 };
  private skips = 0;
  private gaps = 0;

  /**
   * @param target how many frames to gather before playing
   * @param limit most frames to hold
   * @param rate frames a second
   * @param glideLength frames in which what played glides into what does not follow on it: a jump would click
   */
  constructor(private readonly target: Margin, private readonly limit: number, private readonly rate: number, private readonly glideLength = 96) {
    this.left = new Float32Array(limit);
    this.right = new Float32Array(limit);
  }

  get length(): number {
    return this.count;
  }

  get counts(): SoundCounts {
    return { heldInSeconds: this.count / this.rate, skips: this.skips, gaps: this.gaps };
  }

  add({ left, right }: Sound): void {
    const frames = Math.min(left.length, right.length);
    const isTooMuch = this.count + frames > this.limit;
    // What is left then is the newest, no more than the target.
    if (isTooMuch) this.drop(Math.max(0, Math.min(this.count, this.count + frames - this.target.frames)));
    for (let i = isTooMuch ? Math.max(0, frames - this.target.frames) : 0; i < frames; i++) {
      const at = (this.start + this.count) % this.limit;
      this.left[at] = left[i]!;
      this.right[at] = right[i]!;
      this.count++;
    }
    if (isTooMuch && this.isPlaying) {
      this.skips++;
      this.beginGlide();
    }
    if (!this.isPlaying && this.count >= this.target.frames) {
      this.isPlaying = true;
      this.beginGlide();
    }
  }

  /** Fills both channels; with silence where nothing is there, and then until there is enough again. */
  read(left: Float32Array, right: Float32Array): void {
    for (let i = 0; i < left.length; i++) {
      if (this.isPlaying && this.count === 0) this.runDry();
      const hasSound = this.isPlaying;
      const rest = this.glide > 0 ? this.glide-- / this.glideLength : 0;
      left[i] = this.last.left = (hasSound ? this.left[this.start]! : 0) * (1 - rest) + this.from.left * rest;
      right[i] = this.last.right = (hasSound ? this.right[this.start]! : 0) * (1 - rest) + this.from.right * rest;
      if (hasSound) this.drop(1);
    }
    if (this.isPlaying) this.target.played(left.length);
  }

  /** Forgets what waits: what comes next begins anew. */
  clear(): void {
    this.drop(this.count);
    this.isPlaying = false;
    this.beginGlide();
  }

  private runDry(): void {
    this.isPlaying = false;
    this.beginGlide();
    if (Math.max(Math.abs(this.last.left), Math.abs(this.last.right)) <= audible) return;
    this.gaps++;
    this.target.gap();
  }

  private beginGlide(): void {
    this.glide = this.glideLength;
    this.from = { ...this.last };
  }

  private drop(frames: number): void {
    this.start = (this.start + frames) % this.limit;
    this.count -= frames;
  }
}
