import { makeBits, resetBits } from './adaptive-bits';
import type { RangeDecoder } from './range-decoder';

const maximumBits = 23;

/** Reads a number from 0 to 2^24 - 2: how many bits it has, then the bits. */
export class NumberModel {
  private readonly lengths = makeBits(maximumBits + 1);
  private readonly bits = makeBits((maximumBits + 1) * (maximumBits + 1));

  constructor(private readonly range: RangeDecoder) {}

  decode(): number {
    let length = 0;
    while (length < maximumBits && this.range.bit(this.lengths, length) !== 0) {
      length++;
    }

    let value = 1;
    for (let i = length - 1; i >= 0; i--) {
      value = (value << 1) | this.range.bit(this.bits, length * (maximumBits + 1) + i);
    }

    return value - 1;
  }

  reset(): void {
    resetBits(this.lengths, this.bits);
  }
}
