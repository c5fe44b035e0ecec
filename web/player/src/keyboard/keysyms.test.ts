import { expect, test } from 'vitest';
import { keysymOf } from './keysyms';

test.each([
  ['a', 'KeyA', 0x61], ['A', 'KeyA', 0x41], ['é', 'KeyE', 0xe9], ['€', 'KeyE', 0x0100_20ac], ['Enter', 'Enter', 0xff0d],
  ['F1', 'F1', 0xffbe], ['F12', 'F12', 0xffc9], ['Shift', 'ShiftLeft', 0xffe1], ['Shift', 'ShiftRight', 0xffe2], ['Alt', 'AltRight', 0xffea],
  ['Unidentified', '', 0], ['Dead', 'Quote', 0],
])('%s of %s is %i', (key, code, keysym) => expect(keysymOf(key, code)).toBe(keysym));
