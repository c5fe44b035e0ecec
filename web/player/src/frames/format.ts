// Numbers of the frame stream, version 2. docs/frame-stream.md gives each its reason.

export const version = 2;
export const maximumBlobLength = 60_000;
export const maximumSide = 4096;
export const minimumCellSide = 8;
export const maximumCellSide = 16;
export const maximumCursorSide = 64;
export const maximumCopies = 32;
export const slotCount = 4096;
export const slotBits = 12;
export const paletteLength = 256;
export const paletteBits = 8;
export const shortHeaderLength = 2;
export const keyframeHeaderLength = 11;
/** What a sketch tells of itself after the header, in bytes. */
export const sketchPlaceLength = 9;
/** A sketch has 1 / 2^n of its area's pixels in each direction, n up to this. */
export const maximumSketchShift = 2;
/** In the first byte of a sketch: a mask of its cells follows its place. */
export const sketchMaskFlag = 128;
export const lastFlag = 1;
export const firstFlag = 2;
/** Of a keyframe: the picture stays, all else is forgotten. */
export const keepsFlag = 4;
/** Of all other blobs: a sketch. */
export const sketchFlag = 4;
export const keyframeFlag = 8;

/** Opaque black as the player's pixels have it: an Int32 whose bytes are red, green, blue, alpha. */
export const black = 0xff000000 | 0;

/** A blob is not one that an encoder makes at this point of the stream. Nothing after it can be decoded until a keyframe. */
export class FrameFormatError extends Error {
  override readonly name = 'FrameFormatError';
}
