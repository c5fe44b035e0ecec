import { describe, expect, it } from 'vitest';
import { FrameDecoder } from './frame-decoder';
import { FrameFormatError } from './format';
import { blobsOf, digestOf, type Seen, vectors } from './vectors';

describe('the recorded blobs decode to the recorded pictures', () => {
  it.each(Object.entries(vectors))('%s', (_, vector) => {
    const decoder = new FrameDecoder();
    const seen = blobsOf(vector).map(blob => {
      decoder.decode(blob);
      return see(decoder);
    });
    expect(seen).toEqual(vector.seen);
  });
});

describe('a frame decoder', () => {
  it('reports every pixel that changed as dirty', () => {
    for (const vector of Object.values(vectors).filter(({ seen }) => seen.every(({ sketch }) => sketch === null))) {
      const decoder = new FrameDecoder();
      let before = new Uint8ClampedArray(0);
      for (const blob of blobsOf(vector)) {
        decoder.decode(blob);
        if (!decoder.isKeyframe) expect(changedOutsideDirty(decoder, before)).toBe(0);
        before = decoder.rgba.slice();
      }
    }
  });

  it('leaves what a sketch covers out of the dirty rectangles, until the cells are sent as they are', () => {
    const decoder = new FrameDecoder();
    const covered = new Set<number>();
    let refined = 0;
    for (const blob of blobsOf(vectors['sketches']!)) {
      decoder.decode(blob);
      const dirty = pixelsOf(decoder.dirty.subarray(0, 4 * decoder.dirtyCount), decoder.width);
      if (decoder.sketch !== null) {
        pixelsOf(decoder.sketch.parts!, decoder.width).forEach(at => covered.add(at));
        expect(dirty).toHaveLength(0);
      } else {
        refined += dirty.filter(at => covered.delete(at)).length;
      }
    }

    expect(covered.size).toBe(0);
    // 30 cells without the four of the text, of 16 x 16 pixels; each was sent once.
    expect(refined).toBe(26 * 256);
  });

  it('keeps every pixel opaque', () => {
    const decoder = new FrameDecoder();
    blobsOf(vectors['drawing']!).forEach(blob => decoder.decode(blob));
    expect(decoder.rgba.every((value, i) => (i & 3) !== 3 || value === 255)).toBe(true);
  });

  it('refuses a blob that is cut short, too long or empty', () => {
    const blob = blobsOf(vectors['typing']!)[0]!;
    expect(() => new FrameDecoder().decode(blob.subarray(0, blob.length - 1))).toThrow(FrameFormatError);
    expect(() => new FrameDecoder().decode(Uint8Array.of(...blob, 0))).toThrow(FrameFormatError);
    expect(() => new FrameDecoder().decode(new Uint8Array(0))).toThrow(FrameFormatError);
  });

  it('notices a missing blob and takes only a keyframe then', () => {
    const blobs = blobsOf(vectors['drawing']!);
    const again = blobs.findIndex((blob, i) => i > 2 && (blob[0]! & 8) !== 0);
    const decoder = new FrameDecoder();
    decoder.decode(blobs[0]!);
    expect(() => decoder.decode(blobs[2]!)).toThrow(FrameFormatError);
    expect(() => decoder.decode(blobs[1]!)).toThrow(FrameFormatError);
    decoder.decode(blobs[again]!);
    expect(see(decoder)).toEqual(vectors['drawing']!.seen[again]);
  });

  it.each([
    ['another version', 0x2b, 64, 64, 16, 16],
    ['a flag that only a keyframe may have', 0x17, 64, 64, 16, 16],
    ['a picture to keep and none there', 0x1f, 64, 64, 16, 16],
    ['no width', 0x1b, 0, 64, 16, 16],
    ['too much height', 0x1b, 64, 4097, 16, 16],
    ['cells too narrow', 0x1b, 64, 64, 7, 16],
    ['cells too high', 0x1b, 64, 64, 16, 17],
  ])('refuses a header with %s', (_, first, width, height, cellWidth, cellHeight) => {
    const blob = new Uint8Array(40);
    blob.set([first, 0, 0, 0, 0, width & 255, width >> 8, height & 255, height >> 8, cellWidth, cellHeight]);
    expect(() => new FrameDecoder().decode(blob)).toThrow(FrameFormatError);
  });

  it('answers changed bytes with the typed error only', () => {
    const random = randomFrom(7);
    for (let round = 0; round < 60; round++) {
      for (const vector of Object.values(vectors)) {
        const decoder = new FrameDecoder();
        const blobs = blobsOf(vector).slice(0, 12);
        blobs.every(blob => accepts(decoder, random(3) === 0 ? mutate(blob, random) : blob));
      }
    }
  }, 60_000);

  it('answers random bytes after a header with the typed error only', () => {
    const random = randomFrom(8);
    const decoder = new FrameDecoder();
    for (let round = 0; round < 2000; round++) {
      const blob = Uint8Array.from({ length: 12 + random(300) }, () => random(256));
      blob.set([0x1b, 1, 0, 0, 0, 80, 0, 60, 0, 16, 16]);
      accepts(decoder, blob);
    }
  }, 60_000);
});

function see(decoder: FrameDecoder): Seen {
  const { cursor, sketch } = decoder;
  return {
    sequence: decoder.sequence,
    isFirst: decoder.isFirst,
    isLast: decoder.isLast,
    width: decoder.width,
    height: decoder.height,
    digest: digestOf(decoder.rgba),
    cursor: cursor === null
      ? null
      : `${cursor.width}x${cursor.height}+${cursor.hotspotX}+${cursor.hotspotY} ${digestOf(cursor.rgba)}`,
    sketch: sketch === null
      ? null
      : `${sketch.x},${sketch.y} ${sketch.width}x${sketch.height} ${sketch.cellCount} cells, `
        + `${sketch.pictureWidth}x${sketch.pictureHeight} in ${sketch.jpeg.length} bytes`,
  };
}

function changedOutsideDirty(decoder: FrameDecoder, before: Uint8ClampedArray): number {
  const inside = new Uint8Array(decoder.width * decoder.height);
  for (let i = 0; i < decoder.dirtyCount; i++) {
    const [x, y, width, height] = decoder.dirty.subarray(4 * i, 4 * i + 4) as unknown as [number, number, number, number];
    for (let row = y; row < y + height; row++) inside.fill(1, row * decoder.width + x, row * decoder.width + x + width);
  }

  return decoder.rgba.reduce((count, value, i) => (value !== before[i] && inside[i >> 2] === 0 ? count + 1 : count), 0);
}

function pixelsOf(rectangles: Int32Array, stride: number): number[] {
  const pixels: number[] = [];
  for (let i = 0; i < rectangles.length; i += 4) {
    const [x, y, width, height] = rectangles.subarray(i, i + 4) as unknown as [number, number, number, number];
    for (let row = y; row < y + height; row++) {
      for (let column = x; column < x + width; column++) pixels.push(row * stride + column);
    }
  }

  return pixels;
}

function accepts(decoder: FrameDecoder, blob: Uint8Array<ArrayBuffer>): boolean {
  try {
    decoder.decode(blob);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(FrameFormatError);
    return false;
  }
}

function mutate(blob: Uint8Array<ArrayBuffer>, random: (below: number) => number): Uint8Array<ArrayBuffer> {
  const copy = blob.slice(0, random(4) === 0 ? random(blob.length) : blob.length);
  for (let i = random(4); i >= 0 && copy.length > 0; i--) copy[random(copy.length)] = random(256);
  return copy;
}

/** Numbers without order, the same in each run (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) % below;
  };
}
