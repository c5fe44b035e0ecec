import { makeBits, resetBits } from './adaptive-bits';
import { black, maximumCellSide, paletteBits } from './format';
import { Palette } from './palette';
import type { RangeDecoder } from './range-decoder';

const patterns = 256;
const hues = 64;
const paletteContexts = 16;
const activities = 3;

/**
 * Reads the pixels of one cell: each is one of its neighbours (left, above, above left, above right), else the colour that last
 * broke out of the left one, else a colour of the palette, else sent in full. docs/frame-stream.md, "Pixels".
 */
export class PixelDecoder {
  private readonly palette = new Palette();
  private readonly left = makeBits(patterns * 2);
  private readonly above = makeBits(patterns * 2);
  private readonly diagonal = makeBits(64);
  private readonly kept = makeBits(64);
  private readonly escapeHit = makeBits(4);
  private readonly inPalette = makeBits(4);
  private readonly index = makeBits(paletteContexts << paletteBits);
  private readonly channels = makeBits((3 * activities) << 8);
  private readonly escape = new Int32Array(hues);
  private before = new Uint8Array(maximumCellSide + 2);
  private now = new Uint8Array(maximumCellSide + 2);
  private escapeHistory = 0;
  private paletteHistory = 0;

  constructor(private readonly range: RangeDecoder) {
    this.reset();
  }

  reset(): void {
    resetBits(this.left, this.above, this.diagonal, this.kept, this.escapeHit, this.inPalette, this.index, this.channels);
    this.escape.fill(black);
    this.palette.reset();
    this.escapeHistory = 0;
    this.paletteHistory = 0;
  }

  /**
   * Reads a cell into the picture. `step` is 2 when every pixel stands for a square of four; `isDelta` says that most pixels
   * are as they were.
   */
  decode(
    picture: Int32Array, pictureWidth: number, x: number, y: number, width: number, height: number, step: number, isDelta: boolean,
  ): void {
    this.before.fill(0);
    this.now.fill(0);
    for (let row = y; row < y + height; row += step) {
      this.decodeRow(picture, pictureWidth, x, x + width, row, row === y, step, isDelta);
      if (step === 2) {
        const from = row * pictureWidth + x;
        picture.copyWithin(from + pictureWidth, from, from + width);
      }

      const swap = this.before;
      this.before = this.now;
      this.now = swap;
    }
  }

  /** Reads one colour that has no neighbours. */
  decodeColor(near: number): number {
    return this.decodeFarColor(near, near, near, near);
  }

  private decodeRow(
    picture: Int32Array, pictureWidth: number, left: number, right: number, y: number, isTop: boolean, step: number, isDelta: boolean,
  ): void {
    const row = y * pictureWidth;
    const hasAbove = y > 0;
    const hasFarAbove = y >= 1 + step;
    let w = left > 0 ? picture[row + left - 1]! : black;
    let ww = left > step ? picture[row + left - 1 - step]! : black;
    let nw = left > 0 && hasAbove ? picture[row - pictureWidth + left - 1]! : black;
    let n = hasAbove ? picture[row - pictureWidth + left]! : black;
    let column = 1;
    for (let x = left; x < right; x += step, column++) {
      // Right of the cell only the row above the cell is settled.
      const isSettled = x + step < right || (isTop && hasAbove && x + step < pictureWidth);
      const ne = !isSettled ? n : hasAbove ? picture[row - pictureWidth + x + step]! : black;
      const nn = hasFarAbove ? picture[row + x - (1 + step) * pictureWidth]! : black;
      const pattern = (w === n ? 1 : 0) | (w === nw ? 2 : 0) | (n === nw ? 4 : 0) | (n === ne ? 8 : 0)
        | (w === ww ? 16 : 0) | (n === nn ? 32 : 0) | (nw === ne ? 64 : 0) | (w === ne ? 128 : 0);
      let color: number;
      if (isDelta) {
        color = this.decodeChange(picture[row + x]!, pattern, column, w, n, nw, ne);
      } else {
        color = this.decodeFresh(pattern, w, n, nw, ne);
      }

      picture[row + x] = color;
      if (step === 2) {
        picture[row + x + 1] = color;
      }

      ww = w;
      w = color;
      nw = n;
      n = ne;
    }
  }

  private decodeFresh(pattern: number, w: number, n: number, nw: number, ne: number): number {
    if (this.range.bit(this.left, pattern) !== 0) {
      return w;
    }

    if (n !== w && this.range.bit(this.above, pattern) !== 0) {
      return n;
    }

    if (nw !== w && nw !== n && this.range.bit(this.diagonal, pattern & 31) !== 0) {
      return nw;
    }

    if (ne !== w && ne !== n && ne !== nw && this.range.bit(this.diagonal, 32 + (pattern & 31)) !== 0) {
      return ne;
    }

    return this.decodeFarColor(w, n, nw, ne);
  }

  private decodeChange(old: number, pattern: number, column: number, w: number, n: number, nw: number, ne: number): number {
    const { before, now } = this;
    const context = now[column - 1]! | (before[column]! << 1) | (before[column - 1]! << 2) | (before[column + 1]! << 3)
      | (old === w ? 16 : 0) | (old === n ? 32 : 0);
    if (this.range.bit(this.kept, context) !== 0) {
      now[column] = 0;
      return old;
    }

    now[column] = 1;
    if (w !== old && this.range.bit(this.left, patterns + pattern) !== 0) {
      return w;
    }

    if (n !== w && n !== old && this.range.bit(this.above, patterns + pattern) !== 0) {
      return n;
    }

    if (nw !== w && nw !== n && nw !== old && this.range.bit(this.diagonal, pattern & 31) !== 0) {
      return nw;
    }

    if (ne !== w && ne !== n && ne !== nw && ne !== old && this.range.bit(this.diagonal, 32 + (pattern & 31)) !== 0) {
      return ne;
    }

    return this.decodeFarColor(w, n, nw, ne);
  }

  private decodeFarColor(w: number, n: number, nw: number, ne: number): number {
    const hue = hueOf(w);
    const guess = this.escape[hue]!;
    if (guess !== w && guess !== n && guess !== nw && guess !== ne) {
      const isGuess = this.range.bit(this.escapeHit, this.escapeHistory);
      this.escapeHistory = ((this.escapeHistory << 1) | isGuess) & 3;
      if (isGuess !== 0) {
        return guess;
      }
    }

    const color = this.decodePaletteOrFull(hue & (paletteContexts - 1), w, n, nw);
    this.escape[hue] = color;
    return color;
  }

  private decodePaletteOrFull(context: number, w: number, n: number, nw: number): number {
    const isIndexed = this.range.bit(this.inPalette, this.paletteHistory);
    this.paletteHistory = ((this.paletteHistory << 1) | isIndexed) & 3;
    if (isIndexed !== 0) {
      return this.palette.at(this.range.symbol(this.index, context << paletteBits, paletteBits));
    }

    const color = this.decodeFull(w, n, nw);
    this.palette.add(color);
    return color;
  }

  /** Green, red, blue: each as the difference from what left, above and above left make likely. */
  private decodeFull(w: number, n: number, nw: number): number {
    const activity = activityOf(w, n, nw);
    let color = black;
    for (let channel = 0; channel < 3; channel++) {
      const shift = channel === 0 ? 8 : channel === 1 ? 0 : 16;
      const likely = likelyOf((w >> shift) & 255, (n >> shift) & 255, (nw >> shift) & 255);
      const difference = this.range.symbol(this.channels, (channel * activities + activity) << 8, 8);
      color |= ((likely + difference) & 255) << shift;
    }

    return color;
  }
}

function activityOf(w: number, n: number, nw: number): number {
  const sum = Math.abs(((w >> 8) & 255) - ((nw >> 8) & 255)) + Math.abs(((n >> 8) & 255) - ((nw >> 8) & 255));
  return sum < 4 ? 0 : sum < 24 ? 1 : 2;
}

function likelyOf(w: number, n: number, nw: number): number {
  const low = w < n ? w : n;
  const high = w < n ? n : w;
  return nw >= high ? low : nw <= low ? high : w + n - nw;
}

/** A few bits of a colour: red x 5 + green x 19 + blue x 37, divided by 8, its low six bits. */
function hueOf(color: number): number {
  return (((color & 255) * 5 + ((color >> 8) & 255) * 19 + ((color >> 16) & 255) * 37) >> 3) & (hues - 1);
}
