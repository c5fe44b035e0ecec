import { expect, test } from 'vitest';
import { backoff } from './backoff';

test('waits double up to five seconds', () => {
  expect([0, 1, 2, 3, 4, 5, 1000].map(attempt => backoff(attempt, 0))).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
});

test('chance takes up to a quarter off', () => {
  expect(backoff(2, 1)).toBe(750);
});
