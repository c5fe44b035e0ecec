import { makeBits, resetBits } from './adaptive-bits';
import { FrameFormatError, maximumCursorSide } from './format';
import { NumberModel } from './number-model';
import type { RangeDecoder } from './range-decoder';

/** A hardware cursor. Never changed after it is made. */
export interface FrameCursor {
  readonly width: number;
  readonly height: number;
  readonly hotspotX: number;
  readonly hotspotY: number;
  /** Red, green, blue, alpha (0 or 255) of each pixel, row by row: as `ImageData` takes it. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

const shapeBits = 3;

/** Reads the hardware cursor: none, one of the last eight shapes, or a new shape. */
export class CursorDecoder {
  private readonly shapes = new Array<FrameCursor | null>(1 << shapeBits).fill(null);
  private readonly size: NumberModel;
  private readonly isShown = makeBits(1);
  private readonly isKnown = makeBits(1);
  private readonly isOpaque = makeBits(16);
  private readonly isLast = makeBits(4);
  private readonly isOther = makeBits(1);
  private readonly plain = makeBits(1);
  private next = 0;

  constructor(private readonly range: RangeDecoder) {
    this.size = new NumberModel(range);
  }

  reset(): void {
    this.shapes.fill(null);
    this.next = 0;
    this.size.reset();
    resetBits(this.isShown, this.isKnown, this.isOpaque, this.isLast, this.isOther);
  }

  decode(): FrameCursor | null {
    if (this.range.bit(this.isShown, 0) === 0) {
      return null;
    }

    if (this.range.bit(this.isKnown, 0) !== 0) {
      const known = this.shapes[this.decodePlain(shapeBits)];
      if (!known) {
        throw new FrameFormatError('A cursor that was never sent.');
      }

      return known;
    }

    const shape = this.decodeShape();
    this.shapes[this.next] = shape;
    this.next = (this.next + 1) & ((1 << shapeBits) - 1);
    return shape;
  }

  private decodeShape(): FrameCursor {
    const width = this.decodeSide();
    const height = this.decodeSide();
    const hotspotX = this.decodeSide();
    const hotspotY = this.decodeSide();
    const rgba = new Uint8ClampedArray(width * height * 4);
    let last = 0;
    let other = 0xffffff;
    for (let i = 0; i < width * height; i++) {
      const x = i % width;
      const context = (x > 0 && rgba[i * 4 - 1] !== 0 ? 1 : 0) | (i >= width && rgba[(i - width) * 4 + 3] !== 0 ? 2 : 0)
        | (x > 1 && rgba[i * 4 - 5] !== 0 ? 4 : 0) | (i >= width && x + 1 < width && rgba[(i - width) * 4 + 7] !== 0 ? 8 : 0);
      if (this.range.bit(this.isOpaque, context) === 0) {
        continue;
      }

      const color = this.decodeColor(last, other, context & 3);
      if (color !== last) {
        other = last;
        last = color;
      }

      rgba[i * 4] = color >> 16;
      rgba[i * 4 + 1] = (color >> 8) & 255;
      rgba[i * 4 + 2] = color & 255;
      rgba[i * 4 + 3] = 255;
    }

    return { width, height, hotspotX, hotspotY, rgba };
  }

  private decodeColor(last: number, other: number, context: number): number {
    if (this.range.bit(this.isLast, context) !== 0) {
      return last;
    }

    return this.range.bit(this.isOther, 0) !== 0 ? other : this.decodePlain(24);
  }

  private decodeSide(): number {
    const side = this.size.decode();
    if (side > maximumCursorSide) {
      throw new FrameFormatError('A cursor that is too large.');
    }

    return side;
  }

  private decodePlain(width: number): number {
    let value = 0;
    for (let i = 0; i < width; i++) {
      resetBits(this.plain);
      value = (value << 1) | this.range.bit(this.plain, 0);
    }

    return value;
  }
}
