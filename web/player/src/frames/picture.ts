import { black } from './format';

/** What the viewer sees: pixels, the cells they are cut into, and the rows of cells that changed since `clearDirty`. */
export class Picture {
  width = 0;
  height = 0;
  cellWidth = 0;
  cellHeight = 0;
  columns = 0;
  rows = 0;
  /** One Int32 a pixel, row by row; its bytes are red, green, blue, 255. */
  pixels = new Int32Array(0);
  /** x, y, width, height of each rectangle that changed; see `collectDirty`. */
  dirty = new Int32Array(0);
  /** 1 for each cell that shows a sketch, which is painted over the pixels here. */
  private sketched = new Uint8Array(0);
  private sketchedCount = 0;
  private dirtyLeft = new Int32Array(0);
  private dirtyRight = new Int32Array(0);

  reset(width: number, height: number, cellWidth: number, cellHeight: number): void {
    if (width !== this.width || height !== this.height) {
      this.pixels = new Int32Array(width * height);
    }

    this.pixels.fill(black);
    this.width = width;
    this.height = height;
    this.cellWidth = cellWidth;
    this.cellHeight = cellHeight;
    this.columns = Math.ceil(width / cellWidth);
    this.rows = Math.ceil(height / cellHeight);
    // At worst every other cell is left out.
    this.dirty = new Int32Array(4 * Math.max(Math.ceil(this.rows / 2), this.rows * Math.ceil(this.columns / 2)));
    this.sketched = new Uint8Array(this.columns * this.rows);
    this.sketchedCount = 0;
    this.dirtyLeft = new Int32Array(this.rows);
    this.dirtyRight = new Int32Array(this.rows);
  }

  is(width: number, height: number, cellWidth: number, cellHeight: number): boolean {
    return width === this.width && height === this.height && cellWidth === this.cellWidth && cellHeight === this.cellHeight;
  }

  clearDirty(): void {
    this.dirtyLeft.fill(this.width);
    this.dirtyRight.fill(0);
  }

  markDirty(x: number, y: number, width: number, height: number): void {
    const last = Math.floor((y + height - 1) / this.cellHeight);
    for (let row = Math.floor(y / this.cellHeight); row <= last; row++) {
      this.dirtyLeft[row] = Math.min(this.dirtyLeft[row]!, x);
      this.dirtyRight[row] = Math.max(this.dirtyRight[row]!, x + width);
    }
  }

  markSketched(column: number, row: number): void {
    this.setSketched(row * this.columns + column, 1);
  }

  /** A cell was sent as it is. */
  clearSketched(column: number, row: number): void {
    this.setSketched(row * this.columns + column, 0);
  }

  /**
   * Fills `dirty` and returns how many rectangles there are: one for each run of changed rows, and, where something is sketched, one for
   * each run of cells that are not.
   */
  collectDirty(): number {
    let count = 0;
    for (let row = 0; row < this.rows; row++) {
      if (this.dirtyRight[row]! === 0) continue;
      if (this.isRowSketched(row)) {
        count = this.collectCells(row, count);
        continue;
      }

      const first = row;
      let left = this.width;
      let right = 0;
      for (; row < this.rows && this.dirtyRight[row]! > 0 && !this.isRowSketched(row); row++) {
        left = Math.min(left, this.dirtyLeft[row]!);
        right = Math.max(right, this.dirtyRight[row]!);
      }

      count = this.addDirty(count, left, first, right, row);
      row--;
    }

    return count;
  }

  private collectCells(row: number, count: number): number {
    const last = Math.ceil(this.dirtyRight[row]! / this.cellWidth);
    for (let column = Math.floor(this.dirtyLeft[row]! / this.cellWidth); column < last; column++) {
      const first = column;
      while (column < last && this.sketched[row * this.columns + column] === 0) column++;
      if (column > first) {
        const left = Math.max(first * this.cellWidth, this.dirtyLeft[row]!);
        count = this.addDirty(count, left, row, Math.min(column * this.cellWidth, this.dirtyRight[row]!), row + 1);
      }
    }

    return count;
  }

  private addDirty(count: number, left: number, firstRow: number, right: number, endRow: number): number {
    const y = firstRow * this.cellHeight;
    const at = 4 * count;
    this.dirty[at] = left;
    this.dirty[at + 1] = y;
    this.dirty[at + 2] = right - left;
    this.dirty[at + 3] = Math.min(endRow * this.cellHeight, this.height) - y;
    return count + 1;
  }

  private isRowSketched(row: number): boolean {
    if (this.sketchedCount === 0) return false;
    const first = this.sketched.indexOf(1, row * this.columns);
    return first >= 0 && first < (row + 1) * this.columns;
  }

  private setSketched(index: number, value: 0 | 1): void {
    this.sketchedCount += value - this.sketched[index]!;
    this.sketched[index] = value;
  }
}
