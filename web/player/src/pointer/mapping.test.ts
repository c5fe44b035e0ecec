import { expect, test } from 'vitest';
import { buttonMask } from './buttons';
import { toGuest } from './mapping';
import { Wheel } from './wheel';

const picture = { x: 100, y: 50, width: 1280, height: 960 };
const guest = { width: 320, height: 200 };

test.each([
  [100, 50, 0, 0], [103.9, 54.7, 0, 0], [104.01, 54.81, 1, 1], [1379.9, 1009.9, 319, 199], [740, 530, 160, 100],
])('%f,%f on the page is %i,%i in the machine', (x, y, guestX, guestY) => {
  expect(toGuest({ x, y }, picture, guest)).toEqual({ x: guestX, y: guestY });
});

test.each([[0, 0, 0, 0], [5000, 5000, 319, 199], [NaN, 60, 0, 2]])('%f,%f outside is the nearest edge', (x, y, guestX, guestY) => {
  expect(toGuest({ x, y }, picture, guest)).toEqual({ x: guestX, y: guestY });
});

test('a picture without a size maps to its corner', () => {
  expect(toGuest({ x: 5, y: 5 }, { x: 5, y: 5, width: 0, height: 0 }, guest)).toEqual({ x: 0, y: 0 });
});

test('right and middle buttons change places', () => {
  expect([0, 1, 2, 4, 7].map(buttonMask)).toEqual([0, 1, 4, 2, 7]);
});

test('small turns of the wheel add up to a notch', () => {
  const wheel = new Wheel();
  expect([wheel.notches(60, 0), wheel.notches(60, 0), wheel.notches(-20, 0)]).toEqual([[], [16], []]);
});

test('lines and pages count too, upwards as well', () => {
  const wheel = new Wheel();
  expect([wheel.notches(-3, 1), wheel.notches(-1, 2)]).toEqual([[8], [8]]);
});

test('a fling is no storm', () => expect(new Wheel().notches(100_000, 0)).toHaveLength(5));
