import type { Sound } from './format';

/** Turns the messages of one format into sound. One message may come out late, or not at all, but never out of order. */
export interface SoundDecoder {
  /** @param message untrusted; what cannot be decoded is left out */
  decode(message: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

/** Gets what is decoded, arrays of its own. */
export type Heard = (sound: Sound) => void;
