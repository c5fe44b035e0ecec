import { type FrameCursor, FrameDecoder as FrameStreamDecoder } from '../frames';
import type { DecodedFrame, FrameDecoder } from './decoder';
import type { CursorShape } from './screen';

const noCursor: CursorShape = { width: 0, height: 0, hotX: 0, hotY: 0, data: new Uint8ClampedArray(0) };

/** The decoder of the frame stream as the painter wants it. */
export function newFrameDecoder(): FrameDecoder {
  const stream = new FrameStreamDecoder();
  return {
    get width() { return stream.width; },
    get height() { return stream.height; },
    get pixels() { return stream.rgba; },
    decode: blob => {
      stream.decode(blob);
      return describe(stream);
    },
  };
}

function describe(stream: FrameStreamDecoder): DecodedFrame {
  return {
    sequence: stream.sequence,
    isResized: stream.isKeyframe,
    dirty: bounds(stream),
    cursor: stream.isCursorChanged ? shapeOf(stream.cursor) : null,
  };
}

function bounds({ dirty, dirtyCount }: FrameStreamDecoder): DecodedFrame['dirty'] {
  if (dirtyCount === 0) return null;
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  for (let at = 0; at < 4 * dirtyCount; at += 4) {
    left = Math.min(left, dirty[at]!);
    top = Math.min(top, dirty[at + 1]!);
    right = Math.max(right, dirty[at]! + dirty[at + 2]!);
    bottom = Math.max(bottom, dirty[at + 1]! + dirty[at + 3]!);
  }

  return { x: left, y: top, width: right - left, height: bottom - top };
}

function shapeOf(cursor: FrameCursor | null): CursorShape {
  return cursor === null
    ? noCursor
    : { width: cursor.width, height: cursor.height, hotX: cursor.hotspotX, hotY: cursor.hotspotY, data: cursor.rgba };
}
