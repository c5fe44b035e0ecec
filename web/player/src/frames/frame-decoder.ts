import { makeBits, resetBits } from './adaptive-bits';
import { CellDecoder } from './cell-decoder';
import { CopyDecoder } from './copy-decoder';
import { CursorDecoder, type FrameCursor } from './cursor-decoder';
import {
  firstFlag, FrameFormatError, keepsFlag, keyframeFlag, keyframeHeaderLength, lastFlag, maximumBlobLength, maximumCellSide, maximumSide,
  minimumCellSide, shortHeaderLength, sketchFlag, version,
} from './format';
import { Picture } from './picture';
import { RangeDecoder } from './range-decoder';
import { readSketch, type Sketch } from './sketch-reader';

/**
 * Applies the blobs of the frame stream (docs/frame-stream.md) to a picture. Needs no page: it runs in a worker as well.
 * What `decode` found is in the properties until the next call.
 */
export class FrameDecoder {
  /** Sequence number of the blob decoded last, for the acknowledgement. */
  sequence = 0;
  /** Whether that blob begins a picture. */
  isFirst = false;
  /** Whether that blob ends a picture: a good moment to paint. */
  isLast = false;
  /** Whether that blob was a keyframe that began a new picture: `width`, `height` and `pixels` may be others now. */
  isKeyframe = false;
  /** Whether that blob set `cursor`. */
  isCursorChanged = false;
  /** The hardware cursor, or null when the guest draws its own. */
  cursor: FrameCursor | null = null;
  /** What that blob shows over `pixels` until the cells are sent as they are; null when it is no sketch. */
  sketch: Sketch | null = null;
  /** How many rectangles of `dirty` that blob changed, without what a sketch still covers. */
  dirtyCount = 0;

  private readonly range = new RangeDecoder();
  private readonly picture = new Picture();
  private readonly cursors = new CursorDecoder(this.range);
  private readonly copies = new CopyDecoder(this.range, this.picture);
  private readonly cells = new CellDecoder(this.range, this.picture);
  private readonly hasCursor = makeBits(1);
  private hasKeyframe = false;

  get width(): number {
    return this.picture.width;
  }

  get height(): number {
    return this.picture.height;
  }

  /** Red, green, blue, 255 of each pixel, row by row: as `ImageData` takes it, which may share it. Another array after a keyframe of another size. */
  get rgba(): Uint8ClampedArray<ArrayBuffer> {
    return new Uint8ClampedArray(this.picture.pixels.buffer);
  }

  /** The same pixels, one 32-bit number each. */
  get pixels(): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.picture.pixels.buffer);
  }

  /** x, y, width, height of each rectangle that changed; the first `dirtyCount` count. Overwritten by the next call. */
  get dirty(): Int32Array {
    return this.picture.dirty;
  }

  /**
   * Applies a blob.
   * @throws FrameFormatError when it is none, or not the next one; then only a keyframe can follow.
   */
  decode(blob: Uint8Array<ArrayBuffer>): void {
    try {
      this.apply(blob);
    } catch (error) {
      this.hasKeyframe = false;
      throw error;
    }
  }

  private apply(blob: Uint8Array<ArrayBuffer>): void {
    const kind = blob[0]! & (keyframeFlag | keepsFlag);
    if (blob.length < shortHeaderLength || blob.length > maximumBlobLength || blob[0]! >> 4 !== version) {
      throw new FrameFormatError('Not a blob of this version of the frame stream.');
    }

    this.isFirst = (blob[0]! & firstFlag) !== 0;
    this.isLast = (blob[0]! & lastFlag) !== 0;
    this.isKeyframe = kind === keyframeFlag;
    this.isCursorChanged = (kind & keyframeFlag) !== 0;
    this.dirtyCount = 0;
    this.sketch = null;
    const start = (kind & keyframeFlag) === 0 ? this.readSequence(blob) : this.readKeyframe(blob);
    if (kind === sketchFlag) {
      this.sketch = readSketch(blob, start, this.picture);
      return;
    }

    this.range.restart(blob, start);
    if (!this.isKeyframe) {
      this.picture.clearDirty();
    }

    if (this.range.bit(this.hasCursor, 0) !== 0) {
      this.cursor = this.cursors.decode();
      this.isCursorChanged = true;
    }

    this.copies.decode();
    this.cells.decode();
    this.range.finish();
    this.dirtyCount = this.picture.collectDirty();
  }

  private readSequence(blob: Uint8Array): number {
    if (!this.hasKeyframe || blob[1] !== ((this.sequence + 1) & 255)) {
      throw new FrameFormatError('Not the blob that comes next.');
    }

    this.sequence = (this.sequence + 1) >>> 0;
    return shortHeaderLength;
  }

  private readKeyframe(blob: Uint8Array): number {
    if (blob.length < keyframeHeaderLength) {
      throw new FrameFormatError('The blob ends within its header.');
    }

    const width = blob[5]! | (blob[6]! << 8);
    const height = blob[7]! | (blob[8]! << 8);
    const cellWidth = blob[9]!;
    const cellHeight = blob[10]!;
    if (!isWithin(width, 1, maximumSide) || !isWithin(height, 1, maximumSide)
      || !isWithin(cellWidth, minimumCellSide, maximumCellSide) || !isWithin(cellHeight, minimumCellSide, maximumCellSide)) {
      throw new FrameFormatError('A picture or a cell of a size that is out of bounds.');
    }

    if (this.isKeyframe) {
      this.picture.reset(width, height, cellWidth, cellHeight);
      this.picture.clearDirty();
      this.picture.markDirty(0, 0, width, height);
    } else if (!this.hasKeyframe || !this.picture.is(width, height, cellWidth, cellHeight)) {
      throw new FrameFormatError('A picture is to be kept that is not there.');
    }

    this.sequence = (blob[1]! | (blob[2]! << 8) | (blob[3]! << 16) | (blob[4]! << 24)) >>> 0;
    this.cursor = null;
    resetBits(this.hasCursor);
    this.cursors.reset();
    this.copies.reset();
    this.cells.reset();
    this.hasKeyframe = true;
    return keyframeHeaderLength;
  }
}

function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
