import { learn, probability } from './adaptive-bits';
import { FrameFormatError } from './format';

// An encoder leaves out the last three bytes, which are zero.
const impliedBytes = 3;
const code = 0;
const range = 1;

/** Reads decisions of known probability (a binary range coder). */
export class RangeDecoder {
  // In a typed array the two 32-bit numbers are not boxed.
  private readonly state = new Uint32Array(2);
  private bytes: Uint8Array = new Uint8Array(0);
  private next = 0;

  restart(bytes: Uint8Array, start: number): void {
    this.bytes = bytes;
    this.next = start;
    this.state[range] = 0xffffffff;
    for (let i = 0; i < 4; i++) {
      this.state[code] = (this.state[code]! << 8) | this.read();
    }
  }

  /** Reads one decision, 0 or 1; its model learns. */
  bit(models: Int32Array, at: number): number {
    const state = this.state;
    const model = models[at]!;
    const bound = Math.imul(state[range]! >>> 12, probability(model)) >>> 0;
    let bit: number;
    if (state[code]! < bound) {
      state[range] = bound;
      bit = 1;
    } else {
      state[code] = state[code]! - bound;
      state[range] = state[range]! - bound;
      bit = 0;
    }

    models[at] = learn(model, bit);
    while (state[range]! < 0x1000000) {
      state[code] = (state[code]! << 8) | this.read();
      state[range] = state[range]! << 8;
    }

    return bit;
  }

  /** Reads a symbol of `width` bits, first bit first, each in the light of those before it. `base` is where its 2^width models begin. */
  symbol(models: Int32Array, base: number, width: number): number {
    let node = 1;
    for (let i = 0; i < width; i++) {
      node = (node << 1) | this.bit(models, base + node);
    }

    return node - (1 << width);
  }

  /** @throws FrameFormatError when bytes are left over. */
  finish(): void {
    if (this.next !== this.bytes.length + impliedBytes) {
      throw new FrameFormatError('The blob goes on after its last command.');
    }
  }

  private read(): number {
    const at = this.next++;
    if (at < this.bytes.length) {
      return this.bytes[at]!;
    }

    if (at >= this.bytes.length + impliedBytes) {
      throw new FrameFormatError('The blob ends within a command.');
    }

    return 0;
  }
}
