import { expect, test } from 'vitest';
import { scancodeOf } from '../scancodes';
import { arrangementOf } from './arrangements';
import { neighbour } from './neighbour';

const all = [['xt', false, 83], ['at', false, 101], ['at', true, 102]] as const;

test.each(all)('the %s keyboard (key beside Shift: %s) has %i keys, each once and each of a machine', (kind, hasKey102, count) => {
  const codes = arrangementOf(kind, hasKey102).flatMap(block => block.keys).map(key => key.code);
  expect(codes).toHaveLength(count);
  expect(new Set(codes).size).toBe(count);
  expect(codes.filter(code => scancodeOf(code) === null)).toEqual([]);
});

test.each(all)('no two keys of the %s keyboard (key beside Shift: %s) lie on each other', (kind, hasKey102) => {
  for (const { keys } of arrangementOf(kind, hasKey102)) {
    const places = keys.flatMap(key => Array.from({ length: key.width * key.height }, (_, i) => `${key.left + i % key.width},${key.top + Math.floor(i / key.width)}`));
    expect(new Set(places).size).toBe(places.length);
  }
});

test.each(all)('from every key of the %s keyboard (key beside Shift: %s) every other can be reached with the arrow keys', (kind, hasKey102, count) => {
  const blocks = arrangementOf(kind, hasKey102);
  const reached = new Set(['Space']);
  for (const code of reached) {
    for (const direction of ['left', 'right', 'up', 'down'] as const) {
      const next = neighbour(blocks, code, direction);
      if (next !== null) reached.add(next);
    }
  }
  expect(reached.size).toBe(count);
});

test('beside a key is the key that stands there', () => {
  const blocks = arrangementOf('at', false);
  expect(neighbour(blocks, 'KeyG', 'left')).toBe('KeyF');
  expect(neighbour(blocks, 'KeyG', 'down')).toBe('KeyV');
  expect(neighbour(blocks, 'Enter', 'right')).toBe('Numpad4');
  expect(neighbour(blocks, 'Escape', 'up')).toBeNull();
});
