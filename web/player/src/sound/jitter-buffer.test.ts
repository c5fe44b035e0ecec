import { expect, test } from 'vitest';
import type { Sound } from './format';
import { JitterBuffer } from './jitter-buffer';
import { Margin } from './margin';

const unit = 1_000;

/** Frames whose left sample counts up from `first`, in thousandths; right is its negative. */
function frames(first: number, count: number): Sound {
  const left = Float32Array.from({ length: count }, (_, i) => (first + i) / unit);
  return { left, right: left.map(value => -value) };
}

/** Without a glide, so that what is read is what was added. */
const plain = (target: number, limit: number) => new JitterBuffer(new Margin(target, target), limit, 48_000, 0);

function read(buffer: JitterBuffer, count: number): number[] {
  const left = new Float32Array(count);
  const right = new Float32Array(count);
  buffer.read(left, right);
  left.forEach((value, i) => expect(right[i]).toBeCloseTo(-value, 9));
  return Array.from(left, value => Math.round(value * unit));
}

test('nothing plays before enough is there', () => {
  const buffer = plain(4, 8);
  buffer.add(frames(1, 3));
  expect(read(buffer, 2)).toEqual([0, 0]);
  buffer.add(frames(4, 1));
  expect(read(buffer, 2)).toEqual([1, 2]);
});

test('when it runs dry it waits until enough is there again, and counts a gap', () => {
  const buffer = plain(2, 8);
  buffer.add(frames(11, 2));
  expect(read(buffer, 3)).toEqual([11, 12, 0]);
  buffer.add(frames(15, 1));
  expect(read(buffer, 1)).toEqual([0]);
  buffer.add(frames(16, 1));
  expect(read(buffer, 2)).toEqual([15, 16]);
  expect(buffer.counts.gaps).toBe(1);
});

test('sound that ends in silence leaves no gap', () => {
  const buffer = plain(2, 8);
  buffer.add(frames(0, 2));
  read(buffer, 5);
  expect(buffer.counts).toEqual({ heldInSeconds: 0, skips: 0, gaps: 0 });
});

test('too much skips to the newest instead of lagging', () => {
  const buffer = plain(2, 6);
  buffer.add(frames(1, 6));
  buffer.add(frames(7, 2));
  expect(buffer.length).toBe(2);
  expect(read(buffer, 2)).toEqual([7, 8]);
  expect(buffer.counts.skips).toBe(1);
});

test('a skip keeps what lies before the newest message as far as the target reaches', () => {
  const buffer = plain(4, 6);
  buffer.add(frames(1, 5));
  buffer.add(frames(6, 2));
  expect(read(buffer, 4)).toEqual([4, 5, 6, 7]);
});

test('a message longer than the buffer leaves its end', () => {
  const buffer = plain(2, 4);
  buffer.add(frames(1, 100));
  expect(read(buffer, 2)).toEqual([99, 100]);
});

test('it never holds more than its limit', () => {
  const buffer = plain(10, 20);
  for (let i = 0; i < 200; i++) {
    buffer.add(frames(i, i % 17));
    expect(buffer.length).toBeLessThanOrEqual(20);
    read(buffer, i % 5);
  }
});

test('after a cut, the burst that was held back leaves no more than the target', () => {
  const buffer = plain(60, 120);
  buffer.add(frames(1, 60));
  read(buffer, 200);
  for (let i = 0; i < 400; i++) buffer.add(frames(1000 + 20 * i, 20));
  expect(buffer.length).toBeLessThanOrEqual(120);
  const heard = read(buffer, 20);
  expect(heard[0]).toBeGreaterThan(1000 + 20 * 394);
});

test('cleared, it begins anew', () => {
  const buffer = plain(2, 8);
  buffer.add(frames(1, 4));
  buffer.clear();
  buffer.add(frames(9, 1));
  expect(read(buffer, 1)).toEqual([0]);
  buffer.add(frames(10, 1));
  expect(read(buffer, 2)).toEqual([9, 10]);
});

test('a break glides instead of clicking', () => {
  const buffer = new JitterBuffer(new Margin(10, 10), 40, 48_000, 10);
  const loud: Sound = { left: new Float32Array(20).fill(0.8), right: new Float32Array(20).fill(-0.8) };
  buffer.add(loud);
  const heard = [0, ...read(buffer, 40)];
  const steps = heard.slice(1).map((value, i) => Math.abs(value - heard[i]!));
  expect(Math.max(...heard)).toBe(800);
  expect(heard.at(-1)).toBe(0);
  expect(Math.max(...steps)).toBeLessThanOrEqual(81);
});
