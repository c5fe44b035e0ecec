import { beforeEach, expect, test } from 'vitest';
import { Trackpad } from './trackpad';

let log: string[];
let pad: Trackpad;

beforeEach(() => {
  log = [];
  pad = new Trackpad(act => log.push(act.kind === 'move' ? `move ${act.dx},${act.dy}` : `buttons ${act.buttons}`));
});

const at = (x: number, y: number) => ({ x, y });

test('a drag moves', () => {
  pad.down(1, at(10, 10), 0);
  pad.move(1, at(15, 8));
  pad.up(1, 400);
  expect(log).toEqual(['move 5,-2']);
});

test('a tap clicks', () => {
  pad.down(1, at(10, 10), 0);
  pad.up(1, 100);
  expect(log).toEqual(['buttons 1', 'buttons 0']);
});

test('a tap with two fingers clicks right', () => {
  pad.down(1, at(10, 10), 0);
  pad.down(2, at(60, 10), 20);
  pad.up(1, 100);
  pad.up(2, 110);
  expect(log).toEqual(['buttons 4', 'buttons 0']);
});

test('a tap followed by a drag holds the button', () => {
  pad.down(1, at(10, 10), 0);
  pad.up(1, 100);
  pad.down(1, at(10, 10), 200);
  pad.move(1, at(30, 10));
  pad.up(1, 700);
  expect(log).toEqual(['buttons 1', 'buttons 0', 'buttons 1', 'move 20,0', 'buttons 0']);
});

test('resting a finger is no click', () => {
  pad.down(1, at(10, 10), 0);
  pad.up(1, 900);
  expect(log).toEqual([]);
});

test('a finger that came down outside moves nothing', () => {
  pad.move(7, at(30, 10));
  pad.up(7, 10);
  expect(log).toEqual([]);
});
