import { framesPerSecond, limitInSeconds, targetInSeconds } from './format';
import { JitterBuffer } from './jitter-buffer';

// The sound worklet: plays what the page sends, on the browser's sound thread.

interface WorkletProcessor {
  readonly port: MessagePort;
}

declare const AudioWorkletProcessor: new () => WorkletProcessor;
declare function registerProcessor(name: string, processor: new () => WorkletProcessor): void;

class SoundProcessor extends AudioWorkletProcessor {
  private readonly buffer = new JitterBuffer(Math.round(framesPerSecond * targetInSeconds), Math.round(framesPerSecond * limitInSeconds));

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<Int16Array>) => this.buffer.add(data);
  }

  process(_: unknown, outputs: Float32Array[][]): boolean {
    const [left, right] = outputs[0] ?? [];
    if (left !== undefined) this.buffer.read(left, right ?? new Float32Array(left.length));
    return true;
  }
}

registerProcessor('preserve-sound', SoundProcessor);
