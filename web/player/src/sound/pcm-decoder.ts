import type { Heard, SoundDecoder } from './decoder';

/** Format 0: 16 bit, one channel, 24,000 samples a second. Every second sample is the middle of its neighbours. */
export class PcmDecoder implements SoundDecoder {
  private last = 0;

  constructor(private readonly heard: Heard) {}

  decode(message: Uint8Array<ArrayBuffer>): void {
    const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
    const samples = new Float32Array(message.byteLength & ~1);
    for (let i = 0; i < samples.length; i += 2) {
      const sample = view.getInt16(i, true) / 32_768;
      samples[i] = (this.last + sample) / 2;
      samples[i + 1] = this.last = sample;
    }
    this.heard({ left: samples, right: samples.slice() });
  }

  close(): void {}
}
