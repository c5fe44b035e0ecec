import { expect, test } from 'vitest';
import { Movement } from './movement';

test('movement is in guest pixels', () => {
  const movement = new Movement();
  movement.add(10, -9, 2, 3);
  expect(movement.take()).toEqual([{ dx: 5, dy: -3 }]);
});

test('slow movement is not lost', () => {
  const movement = new Movement();
  const steps = Array.from({ length: 4 }, () => {
    movement.add(1, 0, 4, 4);
    return movement.take();
  });
  expect(steps).toEqual([[], [], [], [{ dx: 1, dy: 0 }]]);
});

test('a leap is split to the range of the protocol', () => {
  const movement = new Movement();
  movement.add(-70_000, 5, 1, 1);
  expect(movement.take()).toEqual([{ dx: -32_767, dy: 5 }, { dx: -32_767, dy: 0 }, { dx: -4_466, dy: 0 }]);
});

test('no step is minus zero, which would travel as a fraction', () => {
  const movement = new Movement();
  movement.add(-0.5, 1, 1, 1);
  expect(Object.is(movement.take()[0]?.dx, 0)).toBe(true);
});
