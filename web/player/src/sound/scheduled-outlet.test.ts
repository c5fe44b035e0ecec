import { expect, test } from 'vitest';
import { rate, type Sound } from './format';
import { ScheduledOutlet } from './scheduled-outlet';

/** An audio context whose clock the test moves, and which notes when each piece begins, in milliseconds. */
class FakeContext {
  currentTime = 1;
  readonly starts: number[] = [];

  createBuffer(_channels: number, length: number, sampleRate: number) {
    return { duration: length / sampleRate, copyToChannel: () => {} };
  }

  createBufferSource() {
    return { buffer: null, connect: () => {}, start: (at: number) => this.starts.push(Math.round(at * 1_000)) };
  }
}

function open() {
  const context = new FakeContext();
  return { context, outlet: new ScheduledOutlet(context as unknown as BaseAudioContext, {} as AudioNode) };
}

const piece = (level = 0.5): Sound => ({ left: new Float32Array(rate / 50).fill(level), right: new Float32Array(rate / 50).fill(level) });

test('the first piece waits for the target, the next follow without a seam', () => {
  const { context, outlet } = open();
  for (let i = 0; i < 3; i++) outlet.play(piece());
  expect(context.starts).toEqual([1060, 1080, 1100]);
});

test('when too much is scheduled, pieces are left out until the target is reached', async () => {
  const { context, outlet } = open();
  for (let i = 0; i < 10; i++) outlet.play(piece());
  expect(context.starts).toEqual([1060, 1080, 1100, 1120]);
  context.currentTime = 1.07;
  outlet.play(piece());
  expect(context.starts).toHaveLength(4);
  context.currentTime = 1.085;
  outlet.play(piece());
  expect(context.starts.at(-1)).toBe(1140);
  expect(await outlet.counts()).toMatchObject({ skips: 1, gaps: 0 });
});

test('a piece that comes too late is a gap, and a little more than the target is gathered again', async () => {
  const { context, outlet } = open();
  outlet.play(piece());
  context.currentTime = 2;
  outlet.play(piece());
  expect(context.starts).toEqual([1060, 2075]);
  expect(await outlet.counts()).toMatchObject({ gaps: 1, skips: 0 });
});

test('sound that ended in silence and begins again is no gap', async () => {
  const { context, outlet } = open();
  outlet.play(piece(0));
  context.currentTime = 2;
  outlet.play(piece());
  expect(await outlet.counts()).toMatchObject({ gaps: 0 });
});
