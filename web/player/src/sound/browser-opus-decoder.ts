import type { Heard, SoundDecoder } from './decoder';
import { rate } from './format';

const configuration: AudioDecoderConfig = { codec: 'opus', sampleRate: rate, numberOfChannels: 2 };
const frameInMicroseconds = 20_000;

/** What waits in the browser's decoder is late by as much: more than the buffer holds is left out. */
const mostWaiting = 6;

/** Format 1 by the browser's own decoder, which only secure pages have. */
export class BrowserOpusDecoder implements SoundDecoder {
  private decoder: AudioDecoder;
  private time = 0;

  static async isOffered(): Promise<boolean> {
    if (typeof AudioDecoder === 'undefined') return false;
    try {
      return (await AudioDecoder.isConfigSupported(configuration)).supported === true;
    } catch {
      // It does not know the codec's name.
      return false;
    }
  }

  constructor(private readonly heard: Heard) {
    this.decoder = this.open();
  }

  decode(message: Uint8Array<ArrayBuffer>): void {
    // A packet it could not decode has closed it.
    if (this.decoder.state === 'closed') this.decoder = this.open();
    if (this.decoder.decodeQueueSize >= mostWaiting) return;
    this.decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp: this.time, duration: frameInMicroseconds, data: message }));
    this.time += frameInMicroseconds;
  }

  close(): void {
    if (this.decoder.state !== 'closed') this.decoder.close();
  }

  private open(): AudioDecoder {
    const decoder = new AudioDecoder({ output: data => this.take(data), error: () => { /* The next packet opens another. */ } });
    decoder.configure(configuration);
    return decoder;
  }

  private take(data: AudioData): void {
    const channel = (planeIndex: number) => {
      const samples = new Float32Array(data.numberOfFrames);
      data.copyTo(samples, { planeIndex, format: 'f32-planar' });
      return samples;
    };
    this.heard({ left: channel(0), right: channel(Math.min(1, data.numberOfChannels - 1)) });
    data.close();
  }
}
