import { framesPerSecond, limitInSeconds, targetInSeconds } from './format';

/** Something that plays samples into a sound context. */
interface Outlet {
  play(samples: Int16Array<ArrayBuffer>): void;
}

/**
 * Plays the machine's sound. Has to be made inside a press of a button, since browsers keep a page silent until then. Uses a worklet where the
 * page is secure, else scheduled pieces: over plain http browsers have no worklets.
 */
export class SoundOutput {
  private readonly context = new AudioContext({ sampleRate: framesPerSecond, latencyHint: 'interactive' });
  private readonly gain = this.context.createGain();
  private outlet: Outlet | null = null;

  constructor() {
    this.gain.connect(this.context.destination);
    void this.open();
  }

  /** @param volume from 0 to 1 */
  setVolume(volume: number): void {
    // Ears are logarithmic; the square is near enough.
    this.gain.gain.value = volume * volume;
  }

  play(samples: Int16Array<ArrayBuffer>): void {
    this.outlet?.play(samples);
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  private async open(): Promise<void> {
    await this.context.resume();
    this.outlet = await workletOutlet(this.context, this.gain) ?? new ScheduledOutlet(this.context, this.gain);
  }
}

async function workletOutlet(context: AudioContext, target: AudioNode): Promise<Outlet | null> {
  if (!isSecureContext || !('audioWorklet' in context)) return null;
  try {
    await context.audioWorklet.addModule(new URL(BUILD.soundWorklet, import.meta.url));
    const node = new AudioWorkletNode(context, 'preserve-sound', { numberOfInputs: 0, outputChannelCount: [2] });
    node.connect(target);
    return { play: samples => node.port.postMessage(samples, [samples.buffer]) };
  } catch {
    // The script could not be loaded: the scheduled pieces need none.
    return null;
  }
}

/** Plays each message as a buffer that begins where the last one ends; drops messages when too much is scheduled already. */
export class ScheduledOutlet implements Outlet {
  private next = 0;

  constructor(private readonly context: BaseAudioContext, private readonly target: AudioNode) {}

  play(samples: Int16Array<ArrayBuffer>): void {
    const now = this.context.currentTime;
    if (this.next - now > limitInSeconds || samples.length < 2) return;
    if (this.next < now) this.next = now + targetInSeconds;
    const buffer = this.context.createBuffer(2, samples.length >> 1, framesPerSecond);
    for (let channel = 0; channel < 2; channel++) {
      const data = buffer.getChannelData(channel);
      for (let i = 0; i < data.length; i++) data[i] = samples[2 * i + channel]! / 32_768;
    }
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.target);
    source.start(this.next);
    this.next += buffer.duration;
  }
}
