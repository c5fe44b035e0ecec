import { FrameFormatError, maximumSketchShift, sketchMaskFlag, sketchPlaceLength } from './format';
import type { Picture } from './picture';

/** A picture with loss, painted over an area of the screen until the cells of it are sent as they are. */
export interface Sketch {
  /** Area in pixels of the screen. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Size of the JPEG in pixels: that of the area, or a half or a quarter of it. */
  readonly pictureWidth: number;
  readonly pictureHeight: number;
  /** The JPEG file; a view of the blob. */
  readonly jpeg: Uint8Array<ArrayBuffer>;
  /** How many cells show it. */
  readonly cellCount: number;
  /** x, y, width, height of the rectangles to paint it in; null for the whole area. */
  readonly parts: Int32Array | null;
}

/** Reads a sketch (docs/frame-stream.md) from `start` on, and notes in the picture which cells show it. */
export function readSketch(blob: Uint8Array<ArrayBuffer>, start: number, picture: Picture): Sketch {
  if (blob.length <= start + sketchPlaceLength) throw new FrameFormatError('A sketch that ends early.');
  const view = new DataView(blob.buffer, blob.byteOffset + start);
  const shift = view.getUint8(0) & ~sketchMaskFlag;
  const [column, row, columns, rows] = [1, 3, 5, 7].map(at => view.getUint16(at, true)) as [number, number, number, number];
  if (shift > maximumSketchShift || columns === 0 || rows === 0 || column + columns > picture.columns || row + rows > picture.rows) {
    throw new FrameFormatError('A sketch that leaves the picture, or of a scale that is out of bounds.');
  }

  const isMasked = (view.getUint8(0) & sketchMaskFlag) !== 0;
  const mask = start + sketchPlaceLength;
  const jpeg = mask + (isMasked ? Math.ceil(columns * rows / 8) : 0);
  if (blob.length <= jpeg) throw new FrameFormatError('A sketch that ends early.');

  const shows = (i: number): boolean => !isMasked || (blob[mask + (i >> 3)]! & (1 << (i & 7))) !== 0;
  let cellCount = 0;
  for (let i = 0; i < columns * rows; i++) {
    if (!shows(i)) continue;
    picture.markSketched(column + i % columns, row + Math.floor(i / columns));
    cellCount++;
  }

  const x = column * picture.cellWidth;
  const y = row * picture.cellHeight;
  const width = Math.min(columns * picture.cellWidth, picture.width - x);
  const height = Math.min(rows * picture.cellHeight, picture.height - y);
  return {
    x, y, width, height, cellCount,
    pictureWidth: (width + (1 << shift) - 1) >> shift,
    pictureHeight: (height + (1 << shift) - 1) >> shift,
    jpeg: blob.subarray(jpeg),
    parts: isMasked ? runsOf(columns, rows, shows, x, y, width, height, picture) : null,
  };
}

/** One rectangle for each run of cells that lie side by side. */
function runsOf(columns: number, rows: number, shows: (i: number) => boolean, x: number, y: number, width: number, height: number, picture: Picture): Int32Array {
  const runs: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const first = column;
      while (column < columns && shows(row * columns + column)) column++;
      if (column === first) continue;
      const left = first * picture.cellWidth;
      const top = row * picture.cellHeight;
      runs.push(x + left, y + top, Math.min(column * picture.cellWidth, width) - left, Math.min(top + picture.cellHeight, height) - top);
    }
  }

  return Int32Array.from(runs);
}
