import { expect, test } from 'vitest';
import { fit } from './fit';

const size = (width: number, height: number) => ({ width, height });

test('a picture is shown at the largest whole scale that fits', () => {
  expect(fit(size(320, 240), size(1000, 800), 1, 1)).toEqual({ width: 960, height: 720, isCrisp: true });
});

test('scale counts device pixels, so dense screens have finer steps', () => {
  expect(fit(size(640, 480), size(1000, 800), 1, 2)).toEqual({ width: 960, height: 720, isCrisp: true });
});

test('a picture larger than the box shrinks to fit, softly', () => {
  expect(fit(size(1024, 768), size(390, 400), 1, 1)).toEqual({ width: 390, height: 293, isCrisp: false });
});

test('320x200 with tall pixels fills a 4:3 box', () => {
  expect(fit(size(320, 200), size(640, 480), 5 / 6, 1)).toEqual({ width: 640, height: 480, isCrisp: false });
});

test('with many device pixels per guest pixel uneven edges are not seen', () => {
  expect(fit(size(320, 200), size(1600, 1200), 5 / 6, 1)).toEqual({ width: 1600, height: 1200, isCrisp: true });
});

test('720x400 text with narrow pixels keeps its 4:3 shape', () => {
  const { width, height } = fit(size(720, 400), size(1100, 850), 20 / 27, 1);
  expect(width / height).toBeCloseTo(4 / 3, 2);
});

test('a picture never overflows its box', () => {
  for (const guest of [size(1, 1), size(640, 200), size(720, 348), size(800, 600), size(1920, 1200)]) {
    for (const aspect of [0.4167, 0.83, 1, 1.37]) {
      for (const density of [1, 1.25, 2, 3]) {
        const { width, height } = fit(guest, size(390, 300), aspect, density);
        expect(width).toBeLessThanOrEqual(390.5);
        expect(height).toBeLessThanOrEqual(300.5);
      }
    }
  }
});
