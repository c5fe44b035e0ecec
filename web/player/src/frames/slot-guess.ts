import { makeBits, resetBits } from './adaptive-bits';
import type { RangeDecoder } from './range-decoder';

/** Remembers which slot came last in some context, and how often the guess was right in a row (0 to 3). */
export class SlotGuess {
  private readonly slots: Int16Array;
  private readonly hits: Uint8Array;
  private readonly models = makeBits(4);

  constructor(private readonly range: RangeDecoder, length: number) {
    this.slots = new Int16Array(length).fill(-1);
    this.hits = new Uint8Array(length);
  }

  /** The slot guessed in a context, or a negative number. */
  at(context: number): number {
    return this.slots[context]!;
  }

  isRight(context: number): boolean {
    return this.range.bit(this.models, this.hits[context]!) !== 0;
  }

  learn(context: number, slot: number): void {
    if (this.slots[context] === slot) {
      this.hits[context] = Math.min(this.hits[context]! + 1, 3);
    } else {
      this.slots[context] = slot;
      this.hits[context] = 0;
    }
  }

  reset(): void {
    this.slots.fill(-1);
    this.hits.fill(0);
    resetBits(this.models);
  }
}
