import type { SoundDecoder } from './decoder';
import { rate, type Sound, type SoundCounts } from './format';
import { openDecoders, type Decoders } from './open-decoder';
import type { Outlet } from './outlet';
import { ScheduledOutlet } from './scheduled-outlet';
import { WorkletOutlet } from './worklet-outlet';

/** What was heard last, and how. */
export interface SoundReading extends SoundCounts {
  /** Samples a second. */
  readonly rate: number;
  /** The last 0.68 s after the volume, both channels in one, oldest first. Empty while sound is off. */
  readonly samples: Float32Array;
  /** How it is played: by a worklet, or as scheduled pieces where the page is not secure; null while sound is off. */
  readonly outlet: 'worklet' | 'scheduled' | null;
  /** The format of the last message, as `docs/session-hub.md` numbers it; null before the first. */
  readonly format: number | null;
}

export const noReading: SoundReading = { rate, samples: new Float32Array(), outlet: null, format: null, heldInSeconds: 0, skips: 0, gaps: 0 };

/** The most samples that an analyser keeps. */
const keptSamples = 32_768;

/**
 * Plays the machine's sound: messages -> decoder -> outlet -> volume -> analyser -> loudspeaker. Has to be made inside a press of a button, since
 * browsers keep a page silent until then. A worklet plays it where the page is secure, else scheduled pieces.
 */
export class SoundOutput {
  private readonly context = new AudioContext({ sampleRate: rate, latencyHint: 'interactive' });
  private readonly gain = this.context.createGain();
  private readonly analyser = new AnalyserNode(this.context, { fftSize: keptSamples });
  private outlet: Outlet | null = null;
  private decoders: Decoders = new Map<number, SoundDecoder>();
  private format: number | null = null;

  /** @param changed told when {@link isBlocked} may have changed @param ready told once, with the formats it can decode, the best first */
  constructor(changed: () => void, ready: (formats: number[]) => void) {
    this.gain.connect(this.analyser).connect(this.context.destination);
    this.context.onstatechange = changed;
    void this.open(ready);
  }

  /** Whether the browser keeps it silent until somebody presses something. */
  get isBlocked(): boolean {
    return this.context.state !== 'running';
  }

  /** @param volume from 0 to 1 */
  setVolume(volume: number): void {
    // Ears are logarithmic; the square is near enough.
    this.gain.gain.value = volume * volume;
  }

  /** Lets it sound again; only inside a press where the browser had silenced it. */
  resume(): void {
    void this.context.resume();
  }

  /** Rests while nobody can see the page. */
  rest(): void {
    void this.context.suspend();
  }

  play(format: number, message: Uint8Array<ArrayBuffer>): void {
    this.format = format;
    this.decoders.get(format)?.decode(message);
  }

  /** Forgets what waits: what comes next does not follow on what came last. */
  resynchronise(): void {
    this.outlet?.clear();
  }

  async read(): Promise<SoundReading> {
    const counts = await this.outlet?.counts();
    if (counts === undefined) return noReading;
    const samples = new Float32Array(keptSamples);
    this.analyser.getFloatTimeDomainData(samples);
    return { ...counts, rate, samples, outlet: this.outlet?.name ?? null, format: this.format };
  }

  async close(): Promise<void> {
    for (const decoder of this.decoders.values()) decoder.close();
    this.decoders = new Map();
    this.context.onstatechange = null;
    await this.context.close();
  }

  private async open(ready: (formats: number[]) => void): Promise<void> {
    void this.context.resume();
    const heard = (sound: Sound) => this.outlet?.play(sound);
    const [outlet, decoders] = await Promise.all([WorkletOutlet.open(this.context, this.gain), openDecoders(heard)]);
    if (this.context.state === 'closed') {
      for (const decoder of decoders.values()) decoder.close();
      return;
    }
    this.outlet = outlet ?? new ScheduledOutlet(this.context, this.gain);
    this.decoders = decoders;
    ready([...decoders.keys()]);
  }
}
