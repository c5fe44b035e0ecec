import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { knownLayouts, layoutOf } from './layout';

test('every layout that the service types on is known here', () => {
  const files = readdirSync('../../emulation/Preserve.Emulation/layouts').map(name => name.replace('.json', ''));
  expect([...knownLayouts].sort()).toEqual(files.sort());
});

test('what is printed on a key is the layout\'s', () => {
  expect(layoutOf('de').legend(0x15)).toEqual({ plain: 'z', shift: 'Z', altGr: '' });
  expect(layoutOf('fr').legend(0x0b)).toEqual({ plain: '\u00e0', shift: '0', altGr: '@' });
  expect(layoutOf('us').legend(0x56)).toBeNull();
});

test('a dead key has its accent printed on it', () => {
  expect(layoutOf('de').legend(0x29)?.plain).toBe('^');
});

test.each([
  ['us', '@', [{ scancode: 0x03, shift: true, altGr: false }]],
  ['de', '@', [{ scancode: 0x10, shift: false, altGr: true }]],
  ['de', '\u00ea', [{ scancode: 0x29, shift: false, altGr: false }, { scancode: 0x12, shift: false, altGr: false }]],
  ['de', '^', [{ scancode: 0x29, shift: false, altGr: false }, { scancode: 0x39, shift: false, altGr: false }]],
  ['us', '\u00e4', null],
])('on %s, %s is made by %j', (id, character, strokes) => {
  expect(layoutOf(id).strokes(character)).toEqual(strokes);
});

test('a layout that is not known is the US one', () => {
  expect(layoutOf('klingon')).toBe(layoutOf('us'));
});
