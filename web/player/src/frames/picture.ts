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
    this.dirty = new Int32Array(4 * Math.ceil(this.rows / 2));
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

  /** Fills `dirty` with one rectangle for each run of changed rows, and returns how many there are. */
  collectDirty(): number {
    let count = 0;
    for (let row = 0; row < this.rows; row++) {
      const first = row;
      let left = this.width;
      let right = 0;
      while (row < this.rows && this.dirtyRight[row]! > 0) {
        left = Math.min(left, this.dirtyLeft[row]!);
        right = Math.max(right, this.dirtyRight[row]!);
        row++;
      }

      if (right > 0) {
        const y = first * this.cellHeight;
        const at = 4 * count++;
        this.dirty[at] = left;
        this.dirty[at + 1] = y;
        this.dirty[at + 2] = right - left;
        this.dirty[at + 3] = Math.min(row * this.cellHeight, this.height) - y;
      }
    }

    return count;
  }
}
