import { makeBits, resetBits } from './adaptive-bits';
import { CellSlots } from './cell-slots';
import { black, FrameFormatError, maximumCellSide, slotCount } from './format';
import { NumberModel } from './number-model';
import type { Picture } from './picture';
import { PixelDecoder } from './pixel-decoder';
import type { RangeDecoder } from './range-decoder';
import { loose, SlotDecoder, solid } from './slot-decoder';

/** Reads the changed cells of a blob into the picture. */
export class CellDecoder {
  private readonly pixels: PixelDecoder;
  private readonly places: SlotDecoder;
  private readonly slots = new CellSlots();
  private readonly skip: NumberModel;
  private readonly isMore = makeBits(2);
  private readonly isCached = makeBits(64);
  private readonly isSolid = makeBits(64);
  private readonly isLastSolid = makeBits(1);
  private readonly isDelta = makeBits(2);
  private readonly isDoubled = makeBits(2);
  private readonly isKept = makeBits(2);
  private readonly cellPixels = new Int32Array(slotCount * maximumCellSide * maximumCellSide);
  private lastSolid = black;
  private wasDelta = 0;
  private wasDoubled = 0;
  private wasKept = 0;

  constructor(private readonly range: RangeDecoder, private readonly picture: Picture) {
    this.pixels = new PixelDecoder(range);
    this.places = new SlotDecoder(range);
    this.skip = new NumberModel(range);
  }

  /** Forgets everything; the picture has been reset before. */
  reset(): void {
    this.pixels.reset();
    this.places.reset(this.picture.columns, this.picture.rows);
    this.slots.reset();
    this.skip.reset();
    resetBits(this.isMore, this.isCached, this.isSolid, this.isLastSolid, this.isDelta, this.isDoubled, this.isKept);
    this.lastSolid = black;
    this.wasDelta = this.wasDoubled = this.wasKept = 0;
  }

  decode(): void {
    const { columns, rows } = this.picture;
    const count = columns * rows;
    let next = 0;
    let skip = 0;
    while (next < count && this.range.bit(this.isMore, skip === 0 ? 0 : 1) !== 0) {
      skip = this.skip.decode();
      next += skip;
      if (next >= count) {
        throw new FrameFormatError('A cell beyond the picture.');
      }

      this.decodeCell(next % columns, Math.floor(next / columns));
      next++;
    }
  }

  private decodeCell(column: number, row: number): void {
    const { picture } = this;
    const x = column * picture.cellWidth;
    const y = row * picture.cellHeight;
    const width = Math.min(picture.cellWidth, picture.width - x);
    const height = Math.min(picture.cellHeight, picture.height - y);
    picture.markDirty(x, y, width, height);
    picture.clearSketched(column, row);
    const kinds = this.places.kinds(column, row);
    if (this.range.bit(this.isCached, kinds) !== 0) {
      const slot = this.places.decode(column, row, this.slots.count);
      this.slots.use(slot);
      this.places.show(column, row, slot);
      this.putCached(slot, x, y, width, height);
    } else if (this.range.bit(this.isSolid, kinds) !== 0) {
      this.decodeSolid(x, y, width, height);
      this.places.show(column, row, solid);
    } else {
      this.decodePixels(column, row, x, y, width, height);
    }
  }

  private decodeSolid(x: number, y: number, width: number, height: number): void {
    if (this.range.bit(this.isLastSolid, 0) === 0) {
      this.lastSolid = this.pixels.decodeColor(this.lastSolid);
    }

    const { picture } = this;
    for (let row = y; row < y + height; row++) {
      const at = row * picture.width + x;
      picture.pixels.fill(this.lastSolid, at, at + width);
    }
  }

  private decodePixels(column: number, row: number, x: number, y: number, width: number, height: number): void {
    this.wasDelta = this.range.bit(this.isDelta, this.wasDelta);
    const isDoubled = ((width | height) & 1) === 0 ? this.range.bit(this.isDoubled, this.wasDoubled) : 0;
    this.wasDoubled = isDoubled;
    this.wasKept = this.range.bit(this.isKept, this.wasKept);
    const { picture } = this;
    this.pixels.decode(picture.pixels, picture.width, x, y, width, height, 1 + isDoubled, this.wasDelta !== 0);
    if (this.wasKept === 0) {
      this.places.show(column, row, loose);
      return;
    }

    const slot = this.slots.take();
    this.places.show(column, row, slot);
    this.keep(slot, x, y, width, height);
  }

  private keep(slot: number, x: number, y: number, width: number, height: number): void {
    const { pixels, width: pictureWidth } = this.picture;
    for (let row = 0; row < height; row++) {
      const from = (y + row) * pictureWidth + x;
      const to = (slot * maximumCellSide + row) * maximumCellSide;
      for (let column = 0; column < width; column++) {
        this.cellPixels[to + column] = pixels[from + column]!;
      }
    }
  }

  private putCached(slot: number, x: number, y: number, width: number, height: number): void {
    const { pixels, width: pictureWidth } = this.picture;
    for (let row = 0; row < height; row++) {
      const from = (slot * maximumCellSide + row) * maximumCellSide;
      const to = (y + row) * pictureWidth + x;
      for (let column = 0; column < width; column++) {
        pixels[to + column] = this.cellPixels[from + column]!;
      }
    }
  }
}
