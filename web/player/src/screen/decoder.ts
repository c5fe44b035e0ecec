import type { CursorShape } from './screen';

/** Turns frame blobs into pixels. */
export interface FrameDecoder {
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row; replaced when the size changes. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  /** Applies one blob. Throws when it makes no sense; then only a whole picture helps. */
  decode(blob: Uint8Array): DecodedFrame;
}

export interface DecodedFrame {
  readonly sequence: number;
  readonly isResized: boolean;
  /** What changed, in guest pixels; null when nothing did. */
  readonly dirty: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null;
  readonly cursor: CursorShape | null;
}

export type NewDecoder = () => FrameDecoder;
