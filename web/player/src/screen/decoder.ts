import type { Sketch } from '../frames';

/** Turns frame blobs into pixels. What `decode` found is in the properties until the next call. */
export interface FrameDecoder {
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row; another array after a keyframe of another size. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly sequence: number;
  /** Whether the blob ends a picture: a good moment to paint. */
  readonly isLast: boolean;
  /** Whether the blob began everything anew: size and pixels may be others. */
  readonly isKeyframe: boolean;
  readonly isCursorChanged: boolean;
  /** Null when the guest draws its own pointer. */
  readonly cursor: { readonly width: number; readonly height: number; readonly hotspotX: number; readonly hotspotY: number; readonly rgba: Uint8ClampedArray } | null;
  /** x, y, width, height of each rectangle that changed; the first `dirtyCount` rectangles count. */
  readonly dirty: Int32Array;
  readonly dirtyCount: number;
  /** What the blob shows for a while over the pixels; null when it is no sketch. */
  readonly sketch: Sketch | null;
  /** Applies one blob. Throws when it makes no sense, or is not the next one; then only a keyframe can follow. */
  decode(blob: Uint8Array<ArrayBuffer>): void;
}

export type NewDecoder = () => FrameDecoder;
