/** Samples a second of everything that is decoded. */
export const rate = 48_000;

/** Formats of `sound` messages, as `docs/session-hub.md` numbers them. */
export const pcm = 0;
export const opus = 1;

/** Samples of each channel in one message (20 ms), and the longest message there is. */
export const frameLength = rate / 50;
export const longestMessage = 1_275;

/** Bounds of the sound that waits to be played, in seconds: how much is gathered at least, and from where on some is skipped. */
export const targetInSeconds = 0.06;
export const limitInSeconds = 0.12;

/** Below this sound is not heard, so that it ends is nothing to hear either. */
export const audible = 0.003;

/** Two channels of the same length, from -1 to 1. */
export interface Sound {
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
}

/** What became of the sound so far. */
export interface SoundCounts {
  /** How much waits to be played now. */
  readonly heldInSeconds: number;
  /** How often some was skipped because too much waited. */
  readonly skips: number;
  /** How often it broke off in the middle because nothing was there. */
  readonly gaps: number;
}
