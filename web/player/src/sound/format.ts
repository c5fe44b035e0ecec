/** Frames a second of sound format 0: signed 16 bit little endian, stereo. */
export const framesPerSecond = 44_100;
export const pcm = 0;

/** Bounds of the jitter buffer in seconds. */
export const targetInSeconds = 0.06;
export const limitInSeconds = 0.12;

/** Samples of a message of format 0; copied, since they may lie at an odd place in it. Every platform with a browser is little endian. */
export function samplesOf(bytes: Uint8Array): Int16Array<ArrayBuffer> {
  return new Int16Array(bytes.slice(0, bytes.length & ~3).buffer);
}
