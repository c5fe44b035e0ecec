import { makeBits, resetBits } from './adaptive-bits';
import { FrameFormatError, slotBits, slotCount } from './format';
import type { RangeDecoder } from './range-decoder';
import { SlotGuess } from './slot-guess';

/** What a place shows that shows no cached cell: one colour. */
export const solid = -1;
/** What a place shows that shows no cached cell: pixels of its own. */
export const loose = -2;

const pairLength = 8192;

/**
 * Reads which cached cell stands at a place: the one that was there before the present one, the one that last followed the
 * two or the one cell to the left, the one above, else its number. Knows what every place shows.
 */
export class SlotDecoder {
  private readonly afterTwo: SlotGuess;
  private readonly afterOne: SlotGuess;
  private readonly isReturn = makeBits(2);
  private readonly isAbove = makeBits(1);
  private readonly number = makeBits(slotCount);
  private shown = new Int16Array(0);
  private shownBefore = new Int16Array(0);
  private columns = 0;
  private lastReturned = 0;

  constructor(private readonly range: RangeDecoder) {
    this.afterTwo = new SlotGuess(range, pairLength);
    this.afterOne = new SlotGuess(range, slotCount + 2);
  }

  reset(columns: number, rows: number): void {
    this.columns = columns;
    this.shown = new Int16Array(columns * rows).fill(solid);
    this.shownBefore = new Int16Array(columns * rows).fill(loose);
    this.afterTwo.reset();
    this.afterOne.reset();
    resetBits(this.isReturn, this.isAbove, this.number);
    this.lastReturned = 0;
  }

  /** 0 to 63: what kind of cell is to the left, above, and in this place. */
  kinds(column: number, row: number): number {
    return kindOf(this.left(column, row, 1)) | (kindOf(this.above(column, row)) << 2) | (kindOf(this.shown[row * this.columns + column]!) << 4);
  }

  decode(column: number, row: number, slotsFilled: number): number {
    const one = this.left(column, row, 1) + 2;
    const two = ((this.left(column, row, 2) + 2) * 67 + one) & (pairLength - 1);
    const before = this.shownBefore[row * this.columns + column]!;
    if (before >= 0) {
      this.lastReturned = this.range.bit(this.isReturn, this.lastReturned);
      if (this.lastReturned !== 0) {
        return before;
      }
    }

    const afterTwo = this.afterTwo.at(two);
    if (afterTwo >= 0 && afterTwo !== before && this.afterTwo.isRight(two)) {
      return afterTwo;
    }

    const afterOne = this.afterOne.at(one);
    if (afterOne >= 0 && afterOne !== before && afterOne !== afterTwo && this.afterOne.isRight(one)) {
      return afterOne;
    }

    const above = this.above(column, row);
    if (above >= 0 && above !== before && above !== afterTwo && above !== afterOne && this.range.bit(this.isAbove, 0) !== 0) {
      return above;
    }

    const number = this.range.symbol(this.number, 0, slotBits);
    if (number >= slotsFilled) {
      throw new FrameFormatError('A cell of the cache that was never kept.');
    }

    return number;
  }

  /** Notes what a place shows now: a slot, `solid` or `loose`. */
  show(column: number, row: number, slot: number): void {
    if (slot >= 0) {
      const one = this.left(column, row, 1) + 2;
      this.afterTwo.learn(((this.left(column, row, 2) + 2) * 67 + one) & (pairLength - 1), slot);
      this.afterOne.learn(one, slot);
    }

    const at = row * this.columns + column;
    this.shownBefore[at] = this.shown[at]!;
    this.shown[at] = slot;
  }

  private left(column: number, row: number, distance: number): number {
    return column >= distance ? this.shown[row * this.columns + column - distance]! : solid;
  }

  private above(column: number, row: number): number {
    return row > 0 ? this.shown[(row - 1) * this.columns + column]! : solid;
  }
}

function kindOf(slot: number): number {
  return slot >= 0 ? 1 : slot === solid ? 2 : 3;
}
