import type { FrameDecoder } from './decoder';

/** Stands in until the codec of the frame stream is wired in: reports every blob as unreadable. */
export function newFrameDecoder(): FrameDecoder {
  return { width: 1, height: 1, pixels: new Uint8ClampedArray(4), decode: () => { throw new Error('No codec.'); } };
}
