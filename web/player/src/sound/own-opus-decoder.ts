import { OpusDecoder } from 'opus-decoder';
import type { Heard, SoundDecoder } from './decoder';
import { longestMessage, rate } from './format';

/** Format 1 by libopus as WebAssembly: a script of its own, fetched only by pages that have no decoder. */
export async function openOwnDecoder(heard: Heard): Promise<SoundDecoder> {
  const decoder = new OpusDecoder({ sampleRate: rate, channels: 2 });
  await decoder.ready;
  return {
    decode(message) {
      // To libopus an empty packet is a lost one, which it would make up.
      if (message.length === 0 || message.length > longestMessage) return;
      const { channelData: [left, right], samplesDecoded } = decoder.decodeFrame(message);
      if (samplesDecoded > 0 && left !== undefined && right !== undefined) {
        heard({ left: left as Float32Array<ArrayBuffer>, right: right as Float32Array<ArrayBuffer> });
      }
    },
    close: () => decoder.free(),
  };
}
