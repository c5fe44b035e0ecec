import { expect, test } from 'vitest';
import { scancodeOf } from './scancodes';

test.each([
  ['KeyA', 0x1e], ['Digit1', 0x02], ['Enter', 0x1c], ['NumpadEnter', 0x9c], ['ControlLeft', 0x1d], ['ControlRight', 0x9d],
  ['AltRight', 0xb8], ['ArrowUp', 0xc8], ['Delete', 0xd3], ['NumpadDecimal', 0x53], ['NumpadDivide', 0xb5], ['Slash', 0x35],
  ['Pause', 0xc6], ['PrintScreen', 0xb7], ['ScrollLock', 0x46], ['NumLock', 0x45], ['F11', 0x57], ['F12', 0x58],
  ['MetaLeft', 0xdb], ['ContextMenu', 0xdd], ['IntlBackslash', 0x56], ['IntlRo', 0x73], ['IntlYen', 0x7d], ['KanaMode', 0x70],
])('%s is %i', (code, scancode) => expect(scancodeOf(code)).toBe(scancode));

const everyCode = [
  ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map(letter => `Key${letter}`), ...[...'0123456789'].flatMap(digit => [`Digit${digit}`, `Numpad${digit}`]),
  ...Array.from({ length: 20 }, (_, i) => `F${i + 1}`), 'Backquote', 'Minus', 'Equal', 'BracketLeft', 'BracketRight', 'Backslash', 'Semicolon', 'Quote',
  'Comma', 'Period', 'Space', 'Tab', 'CapsLock', 'ShiftLeft', 'ShiftRight', 'AltLeft', 'MetaRight', 'Backspace', 'Escape', 'Insert', 'Home', 'End',
  'PageUp', 'PageDown', 'ArrowLeft', 'ArrowRight', 'ArrowDown', 'NumpadAdd', 'NumpadSubtract', 'NumpadMultiply', 'NumpadComma', 'NumpadEqual',
  'Convert', 'NonConvert', 'Lang1', 'Lang2',
];

test('every key of a keyboard has a scancode of its own from 1 to 255', () => {
  const scancodes = everyCode.map(scancodeOf);
  expect(everyCode.filter(code => scancodeOf(code) === null)).toEqual([]);
  expect(new Set(scancodes).size).toBe(everyCode.length);
  for (const scancode of scancodes) expect(scancode! > 0 && scancode! < 256).toBe(true);
});

test('old names mean the same keys', () => expect(scancodeOf('OSLeft')).toBe(scancodeOf('MetaLeft')));

test.each(['', 'Fn', 'toString', 'Unidentified'])('%j is no key of a PC', code => expect(scancodeOf(code)).toBeNull());
