import { expect, test } from 'vitest';
import { limitInSeconds, rate, targetInSeconds, type Sound } from './format';
import { JitterBuffer } from './jitter-buffer';
import { Margin } from './margin';

const second = rate;

test('each gap makes it larger, up to its bound', () => {
  const margin = Margin.ofSound();
  const seen = [margin.frames];
  for (let i = 0; i < 5; i++) {
    margin.gap();
    seen.push(margin.frames);
  }
  expect(seen.map(frames => frames / second)).toEqual([0.06, 0.075, 0.09, 0.105, 0.105, 0.105]);
});

test('a calm while makes it smaller again, down to its bound', () => {
  const margin = Margin.ofSound();
  margin.gap();
  for (let i = 0; i < 200; i++) margin.played(second / 2);
  expect(margin.frames).toBe(targetInSeconds * rate);
});

test('sound that comes up to 80 ms late breaks off a few times and then no more', () => {
  const buffer = new JitterBuffer(Margin.ofSound(), limitInSeconds * rate, rate);
  const tone: Sound = { left: new Float32Array(rate / 50).fill(0.5), right: new Float32Array(rate / 50).fill(0.5) };
  // Pieces of 20 ms, of which every fiftieth comes 80 ms late and keeps those behind it back.
  const arrivals = Array.from({ length: 3_000 }, (_, i) => 20 * i + 80 * (i % 50 === 25 ? 1 : 0));
  for (let i = 1; i < arrivals.length; i++) arrivals[i] = Math.max(arrivals[i]!, arrivals[i - 1]!);
  const gapsAt: number[] = [];
  const [left, right] = [new Float32Array(rate / 1_000), new Float32Array(rate / 1_000)];
  for (let now = 0, next = 0, gaps = 0; now < 60_000; now++) {
    for (; arrivals[next]! <= now; next++) buffer.add(tone);
    buffer.read(left, right);
    if (buffer.counts.gaps > gaps) gapsAt.push(now);
    gaps = buffer.counts.gaps;
  }
  expect(gapsAt.length).toBeGreaterThan(0);
  expect(gapsAt.filter(at => at > 10_000 && at < 25_000)).toEqual([]);
});
