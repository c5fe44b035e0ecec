import cursors from './vectors/cursors.json';
import doubled from './vectors/doubled.json';
import drawing from './vectors/drawing.json';
import parts from './vectors/parts.json';
import scrolling from './vectors/scrolling.json';
import sketches from './vectors/sketches.json';
import together from './vectors/together.json';
import typing from './vectors/typing.json';

/** What a viewer sees after a blob. `digest` is FNV-1a over red, green and blue of each pixel. */
export interface Seen {
  readonly sequence: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly width: number;
  readonly height: number;
  readonly digest: number;
  readonly cursor: string | null;
  readonly sketch: string | null;
}

/** Recorded blobs, in base64, and what a viewer sees after each; the encoder's tests write and read the same files. */
export interface Vector {
  readonly blobs: readonly string[];
  readonly seen: readonly Seen[];
}

export const vectors: Readonly<Record<string, Vector>> = { typing, scrolling, drawing, doubled, parts, cursors, together, sketches };

export function blobsOf(vector: Vector): Uint8Array<ArrayBuffer>[] {
  return vector.blobs.map(text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0)));
}

export function digestOf(rgba: Uint8ClampedArray): number {
  let digest = 0x811c9dc5;
  for (let i = 0; i < rgba.length; i++) {
    if ((i & 3) !== 3) digest = Math.imul(digest ^ rgba[i]!, 16777619);
  }

  return digest >>> 0;
}
