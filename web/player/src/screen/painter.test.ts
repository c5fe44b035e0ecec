import { beforeEach, expect, test, vi } from 'vitest';
import type { Sketch } from '../frames';
import type { FrameDecoder } from './decoder';
import { Painter } from './painter';

const puts: number[][] = [];
const events: string[] = [];

/** A codec of one byte: 0 is a 4x3 keyframe, 254 the same without its end, 253 a sketch of the left half, 255 makes no sense, others change the pixel of that number. */
class OneByteDecoder implements FrameDecoder {
  width = 0;
  height = 0;
  rgba = new Uint8ClampedArray(0);
  sequence = 0;
  isLast = false;
  isKeyframe = false;
  isCursorChanged = false;
  cursor = null;
  dirty = new Int32Array(4);
  dirtyCount = 1;
  sketch: Sketch | null = null;

  decode(blob: Uint8Array): void {
    const what = blob[0]!;
    if (what === 255) throw new Error('nonsense');
    this.isKeyframe = what === 0 || what === 254;
    this.isLast = what !== 254;
    this.sequence++;
    this.sketch = what === 253
      ? { x: 0, y: 0, width: 2, height: 3, pictureWidth: 1, pictureHeight: 2, jpeg: Uint8Array.of(1), cellCount: 1, parts: Int32Array.of(0, 0, 2, 1) }
      : null;
    this.dirtyCount = what === 253 ? 0 : 1;
    if (this.isKeyframe) Object.assign(this, { width: 4, height: 3, rgba: new Uint8ClampedArray(48) });
    this.dirty.set(this.isKeyframe ? [0, 0, 4, 3] : [what % 4, what >> 2, 1, 1]);
  }
}

function paint() {
  const canvas = { width: 300, height: 150, getContext: () => ({
    putImageData: (_: unknown, ...place: number[]) => puts.push(place.slice(2)),
    save: () => {},
    restore: () => {},
    beginPath: () => {},
    rect: (...place: number[]) => events.push(`part ${place.join(' ')}`),
    clip: () => {},
    drawImage: (_: unknown, ...place: number[]) => events.push(`sketched ${place.join(' ')}`),
    getImageData: (_x: number, _y: number, width: number, height: number) => ({ data: new Uint8ClampedArray(4 * width * height) }),
  }) };
  const painter = new Painter(canvas as unknown as HTMLCanvasElement, () => new OneByteDecoder(), {
    drawn: sequence => events.push(`drawn ${sequence}`),
    resized: (width, height) => events.push(`resized ${width}x${height}`),
    cursor: () => events.push('cursor'),
    lost: () => events.push('lost'),
  });
  return { painter, canvas };
}

beforeEach(() => {
  puts.length = 0;
  events.length = 0;
  vi.stubGlobal('ImageData', class { constructor(readonly data: unknown, readonly width: number, readonly height: number) {} });
});

test('the canvas takes the guest\'s size and only what changed is drawn', () => {
  const { painter, canvas } = paint();
  painter.decode(Uint8Array.of(0));
  painter.decode(Uint8Array.of(5));
  expect([canvas.width, canvas.height]).toEqual([4, 3]);
  expect(puts).toEqual([[0, 0, 4, 3], [1, 1, 1, 1]]);
  expect(events).toEqual(['resized 4x3', 'drawn 1', 'drawn 2']);
});

test('a picture of several blobs is drawn when it is whole, and acknowledged blob by blob', () => {
  const { painter } = paint();
  painter.decode(Uint8Array.of(254));
  expect(puts).toEqual([]);
  expect(events).toEqual(['drawn 1']);
  painter.decode(Uint8Array.of(5));
  expect(puts).toEqual([[0, 0, 4, 3], [1, 1, 1, 1]]);
});

test('a keyframe of the same size is no change of size', () => {
  const { painter } = paint();
  painter.decode(Uint8Array.of(0));
  painter.reset();
  painter.decode(Uint8Array.of(0));
  expect(events.filter(event => event.startsWith('resized'))).toHaveLength(1);
});

test('blobs that make no sense ask for a whole picture once', () => {
  const { painter } = paint();
  painter.decode(Uint8Array.of(0));
  painter.decode(Uint8Array.of(255));
  painter.decode(Uint8Array.of(255));
  expect(events.slice(2)).toEqual(['lost']);
});

test('after a whole picture a further loss is told again', () => {
  const { painter } = paint();
  painter.decode(Uint8Array.of(255));
  painter.decode(Uint8Array.of(0));
  painter.decode(Uint8Array.of(255));
  expect(events.filter(event => event === 'lost')).toHaveLength(2);
});

test('what is on the canvas can be read', () => {
  const { painter } = paint();
  painter.decode(Uint8Array.of(0));
  expect(painter.readPixels()).toMatchObject({ width: 4, height: 3, data: { length: 48 } });
});

test('a sketch is drawn in its parts, and what comes meanwhile waits for it', async () => {
  const { painter, finish } = paintSketches();
  painter.decode(Uint8Array.of(0));
  painter.decode(Uint8Array.of(253));
  painter.decode(Uint8Array.of(5));
  expect(events).toEqual(['resized 4x3', 'drawn 1']);
  await finish({ width: 1, height: 2 });
  expect(events.slice(2)).toEqual(['part 0 0 2 1', 'sketched 0 0 2 3', 'drawn 2', 'drawn 3']);
  expect(puts).toEqual([[0, 0, 4, 3], [1, 1, 1, 1]]);
});

test('of two sketches the second waits for the first', async () => {
  const { painter, finish } = paintSketches();
  painter.decode(Uint8Array.of(0));
  [253, 253, 5].forEach(what => painter.decode(Uint8Array.of(what)));
  await finish({ width: 1, height: 2 });
  expect(events.filter(event => event.startsWith('drawn'))).toEqual(['drawn 1', 'drawn 2']);
  await finish({ width: 1, height: 2 });
  expect(events.filter(event => event.startsWith('drawn'))).toEqual(['drawn 1', 'drawn 2', 'drawn 3', 'drawn 4']);
});

test.each([['no picture', null], ['a picture of another size', { width: 9, height: 2 }]])('a sketch that is %s asks for a whole picture', async (_, bitmap) => {
  const { painter, finish } = paintSketches();
  painter.decode(Uint8Array.of(0));
  painter.decode(Uint8Array.of(253));
  await finish(bitmap);
  expect(events.slice(2)).toEqual(['lost']);
});

test('a sketch of before a reset is not drawn after it', async () => {
  const { painter, finish } = paintSketches();
  painter.decode(Uint8Array.of(0));
  painter.decode(Uint8Array.of(253));
  painter.reset();
  painter.decode(Uint8Array.of(0));
  await finish({ width: 1, height: 2 });
  expect(events.filter(event => event.startsWith('sketched'))).toEqual([]);
  expect(events.at(-1)).toBe('drawn 1');
});

/** A painter whose sketches the test decodes, in order. */
function paintSketches() {
  const decoding: ((bitmap: unknown) => void)[] = [];
  vi.stubGlobal('createImageBitmap', () => new Promise((resolve, reject) => decoding.push(bitmap => bitmap === null ? reject(new Error('none')) : resolve(bitmap))));
  return {
    ...paint(),
    finish: async (bitmap: { width: number; height: number } | null) => {
      decoding.shift()!(bitmap && { ...bitmap, close: () => {} });
      await new Promise(resolve => setTimeout(resolve));
    },
  };
}
