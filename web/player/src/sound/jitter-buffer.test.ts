import { expect, test, vi } from 'vitest';
import { samplesOf } from './format';
import { JitterBuffer } from './jitter-buffer';
import { ScheduledOutlet } from './sound-output';

/** Frames whose left sample counts up from `first`, in units that survive the conversion; right is its negative. */
const frames = (first: number, count: number) => Int16Array.from({ length: 2 * count }, (_, i) => (first + (i >> 1)) * (i % 2 ? -1 : 1));

function read(buffer: JitterBuffer, count: number): number[] {
  const left = new Float32Array(count);
  const right = new Float32Array(count);
  buffer.read(left, right);
  left.forEach((value, i) => expect(right[i]).toBeCloseTo(-value, 9));
  return Array.from(left, value => Math.round(value * 32_768));
}

test('nothing plays before enough is there', () => {
  const buffer = new JitterBuffer(4, 8);
  buffer.add(frames(1, 3));
  expect(read(buffer, 2)).toEqual([0, 0]);
  buffer.add(frames(4, 1));
  expect(read(buffer, 2)).toEqual([1, 2]);
});

test('when it runs dry it waits until enough is there again', () => {
  const buffer = new JitterBuffer(2, 8);
  buffer.add(frames(1, 2));
  expect(read(buffer, 3)).toEqual([1, 2, 0]);
  buffer.add(frames(5, 1));
  expect(read(buffer, 1)).toEqual([0]);
});

test('too much skips to the newest instead of lagging', () => {
  const buffer = new JitterBuffer(2, 6);
  buffer.add(frames(1, 6));
  buffer.add(frames(7, 2));
  expect(buffer.length).toBeLessThanOrEqual(6);
  expect(read(buffer, 4)).toEqual([5, 6, 7, 8]);
});

test('a message longer than the buffer leaves its end', () => {
  const buffer = new JitterBuffer(2, 4);
  buffer.add(frames(1, 100));
  expect(read(buffer, 4)).toEqual([97, 98, 99, 100]);
});

test('it never holds more than its limit', () => {
  const buffer = new JitterBuffer(10, 20);
  for (let i = 0; i < 200; i++) {
    buffer.add(frames(i, i % 17));
    expect(buffer.length).toBeLessThanOrEqual(20);
    read(buffer, i % 5);
  }
});

test('samples at an odd place of a message are read', () => {
  const message = Uint8Array.of(9, 1, 0, 255, 255, 7);
  expect([...samplesOf(message.subarray(1))]).toEqual([1, -1]);
});

test('scheduled pieces follow each other, and are dropped when too many wait', () => {
  const starts: number[] = [];
  const context = {
    currentTime: 1,
    createBuffer: (_: number, length: number, rate: number) => ({ duration: length / rate, getChannelData: () => new Float32Array(length) }),
    createBufferSource: () => ({ connect: vi.fn(), start: (at: number) => starts.push(at), buffer: null }),
  } as unknown as BaseAudioContext;
  const outlet = new ScheduledOutlet(context, {} as AudioNode);
  for (let i = 0; i < 10; i++) outlet.play(new Int16Array(2 * 4410));
  expect(starts.map(at => Math.round(at * 100))).toEqual([106]);
});
