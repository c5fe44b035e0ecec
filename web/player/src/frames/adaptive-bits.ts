/**
 * The learnt probability of a yes-or-no decision, packed in an Int32: probability of yes in 1/65536 above bit 8, the number
 * of decisions seen so far (at most `patience`) below.
 */
const even = 32768 << 8;
const patience = 40;

const rates = new Int32Array(patience + 1);
for (let count = 0; count <= patience; count++) {
  rates[count] = Math.floor(65536 / (2 * count + 3));
}

export function makeBits(count: number): Int32Array {
  return new Int32Array(count).fill(even);
}

export function resetBits(...models: Int32Array[]): void {
  for (const model of models) {
    model.fill(even);
  }
}

/** Probability of yes in 1/4096, never 0 and never certain. */
export function probability(state: number): number {
  const value = state >> 12;
  return value < 1 ? 1 : value;
}

export function learn(state: number, bit: number): number {
  const count = state & 255;
  const before = state >> 8;
  const after = before + ((((bit === 0 ? 0 : 65535) - before) * rates[count]!) >> 15);
  return (after << 8) | (count < patience ? count + 1 : count);
}
