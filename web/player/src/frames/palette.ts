import { FrameFormatError, paletteLength } from './format';

/** The colours that were last sent in full, in a ring; the oldest makes room. */
export class Palette {
  private readonly colors = new Int32Array(paletteLength);
  private count = 0;
  private next = 0;

  at(index: number): number {
    if (index >= this.count) {
      throw new FrameFormatError('A colour of the palette that was never sent.');
    }

    return this.colors[index]!;
  }

  add(color: number): void {
    this.colors[this.next] = color;
    this.next = (this.next + 1) & (paletteLength - 1);
    this.count = Math.min(this.count + 1, paletteLength);
  }

  reset(): void {
    this.count = 0;
    this.next = 0;
  }
}
