import type { Sound, SoundCounts } from './format';
import type { Outlet } from './outlet';

/** What the page says to the sound worklet. It answers `count` with its counts. */
export type WorkletMessage = { readonly play: Sound } | 'clear' | 'count';

/** Plays through a jitter buffer on the browser's sound thread, undisturbed by what the page does. Only secure pages have worklets. */
export class WorkletOutlet implements Outlet {
  readonly name = 'worklet';
  private waiting: ((counts: SoundCounts) => void)[] = [];

  static async open(context: AudioContext, target: AudioNode): Promise<WorkletOutlet | null> {
    if (!('audioWorklet' in context)) return null;
    try {
      await context.audioWorklet.addModule(new URL(BUILD.soundWorklet, import.meta.url));
      const node = new AudioWorkletNode(context, 'preserve-sound', { numberOfInputs: 0, outputChannelCount: [2] });
      node.connect(target);
      return new WorkletOutlet(node.port);
    } catch {
      // The script could not be loaded: scheduled pieces need none.
      return null;
    }
  }

  private constructor(private readonly port: MessagePort) {
    port.onmessage = ({ data }: MessageEvent<SoundCounts>) => this.waiting.shift()?.(data);
  }

  play(sound: Sound): void {
    this.send({ play: sound }, [sound.left.buffer, sound.right.buffer]);
  }

  clear(): void {
    this.send('clear');
  }

  counts(): Promise<SoundCounts> {
    return new Promise(resolve => {
      this.waiting.push(resolve);
      this.send('count');
    });
  }

  private send(message: WorkletMessage, transfer: Transferable[] = []): void {
    this.port.postMessage(message, transfer);
  }
}
