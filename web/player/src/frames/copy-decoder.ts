import { makeBits, resetBits } from './adaptive-bits';
import { FrameFormatError, maximumCopies } from './format';
import { NumberModel } from './number-model';
import type { Picture } from './picture';
import type { RangeDecoder } from './range-decoder';

/** Reads the moves of a blob and carries them out: what has scrolled, or was dragged. */
export class CopyDecoder {
  private readonly x: NumberModel;
  private readonly y: NumberModel;
  private readonly width: NumberModel;
  private readonly height: NumberModel;
  private readonly right: NumberModel;
  private readonly down: NumberModel;
  private readonly isMore = makeBits(2);
  private readonly signs = makeBits(2);

  constructor(private readonly range: RangeDecoder, private readonly picture: Picture) {
    this.x = new NumberModel(range);
    this.y = new NumberModel(range);
    this.width = new NumberModel(range);
    this.height = new NumberModel(range);
    this.right = new NumberModel(range);
    this.down = new NumberModel(range);
  }

  reset(): void {
    for (const number of [this.x, this.y, this.width, this.height, this.right, this.down]) {
      number.reset();
    }

    resetBits(this.isMore, this.signs);
  }

  decode(): void {
    for (let index = 0; this.range.bit(this.isMore, index === 0 ? 0 : 1) !== 0; index++) {
      if (index === maximumCopies) {
        throw new FrameFormatError('Too many copies.');
      }

      this.decodeCopy();
    }
  }

  private decodeCopy(): void {
    const x = this.x.decode();
    const y = this.y.decode();
    const width = this.width.decode();
    const height = this.height.decode();
    const sourceX = x - this.signed(this.right, 0);
    const sourceY = y - this.signed(this.down, 1);
    const { picture } = this;
    if (width === 0 || height === 0 || x + width > picture.width || y + height > picture.height
      || sourceX < 0 || sourceY < 0 || sourceX + width > picture.width || sourceY + height > picture.height) {
      throw new FrameFormatError('A copy that leaves the picture.');
    }

    const isDownwards = sourceY < y;
    for (let i = 0; i < height; i++) {
      const row = isDownwards ? height - 1 - i : i;
      const from = (sourceY + row) * picture.width + sourceX;
      picture.pixels.copyWithin((y + row) * picture.width + x, from, from + width);
    }

    picture.markDirty(x, y, width, height);
  }

  private signed(model: NumberModel, axis: number): number {
    const size = model.decode();
    return size !== 0 && this.range.bit(this.signs, axis) !== 0 ? -size : size;
  }
}
