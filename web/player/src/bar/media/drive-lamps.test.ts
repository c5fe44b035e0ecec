import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DriveLamps, type Lamp } from './drive-lamps';

let asked: number;
let answer: unknown;
let shown: Record<string, Lamp>;
let lamps: DriveLamps;
beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
  answer = [{ bay: 'floppy0', reads: 10, writes: 0 }, { bay: 'disk0', reads: 5, writes: 5 }];
  shown = {};
  lamps = new DriveLamps(() => {
    asked++;
    return Promise.resolve(answer);
  }, all => { shown = Object.fromEntries(all); });
});
afterEach(() => {
  lamps.stop();
  vi.useRealTimers();
});

test('a drive that was used since the last look is lit, by what was done', async () => {
  lamps.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(shown).toEqual({ floppy0: 'idle', disk0: 'idle' });
  answer = [{ bay: 'floppy0', reads: 11, writes: 0 }, { bay: 'disk0', reads: 6, writes: 6 }];
  await vi.advanceTimersByTimeAsync(700);
  expect(shown).toEqual({ floppy0: 'reads', disk0: 'writes' });
  await vi.advanceTimersByTimeAsync(700);
  expect(shown).toEqual({ floppy0: 'idle', disk0: 'idle' });
});

test('a floppy drive is lit by its own lamp', async () => {
  answer = [{ bay: 'floppy0', reads: 0, writes: 0, lit: true }];
  lamps.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(shown).toEqual({ floppy0: 'works' });
});

test('nothing is asked while nobody looks', async () => {
  lamps.start();
  await vi.advanceTimersByTimeAsync(0);
  lamps.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toBe(1);
});

test('a hidden page does not look', async () => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  lamps.start();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toBe(0);
});

test.each([null, 'x', [{ bay: 'a', reads: 'many' }]])('an answer of %j lights nothing', async nonsense => {
  answer = nonsense;
  lamps.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(shown).toEqual({});
});
