import { limitInSeconds, rate } from './format';
import { JitterBuffer } from './jitter-buffer';
import { Margin } from './margin';
import type { WorkletMessage } from './worklet-outlet';

// The sound worklet: plays what the page sends, on the browser's sound thread.

interface WorkletProcessor {
  readonly port: MessagePort;
}

declare const AudioWorkletProcessor: new () => WorkletProcessor;
declare function registerProcessor(name: string, processor: new () => WorkletProcessor): void;

class SoundProcessor extends AudioWorkletProcessor {
  private readonly buffer = new JitterBuffer(Margin.ofSound(), Math.round(rate * limitInSeconds), rate);

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<WorkletMessage>) => this.take(data);
  }

  process(_: unknown, outputs: Float32Array[][]): boolean {
    const [left, right] = outputs[0] ?? [];
    if (left !== undefined) this.buffer.read(left, right ?? new Float32Array(left.length));
    return true;
  }

  private take(message: WorkletMessage): void {
    if (message === 'count') this.port.postMessage(this.buffer.counts);
    else if (message === 'clear') this.buffer.clear();
    else this.buffer.add(message.play);
  }
}

registerProcessor('preserve-sound', SoundProcessor);
