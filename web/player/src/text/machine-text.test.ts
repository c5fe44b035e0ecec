import { expect, test } from 'vitest';
import { applyText, wholeText } from './machine-text';

const whole = { columns: 80, rows: 3, codePage: 'cp437', isWhole: true, lines: [{ row: 0, text: 'A:\\>dir' }, { row: 1, text: 'one' }], cursorRow: 2, cursorColumn: 4 };

test('a whole screen has every row', () => {
  expect(applyText(null, whole)).toEqual({ columns: 80, lines: ['A:\\>dir', 'one', ''], codePage: 'cp437', cursorRow: 2, cursorColumn: 4 });
});

test('a difference changes the rows it names and the cursor', () => {
  const text = applyText(applyText(null, whole), { ...whole, isWhole: false, lines: [{ row: 1, text: 'two' }], cursorRow: null, cursorColumn: null });
  expect(text).toMatchObject({ lines: ['A:\\>dir', 'two', ''], cursorRow: null });
});

test('a difference to a screen of another size or to none is no text', () => {
  expect(applyText(null, { ...whole, isWhole: false })).toBeNull();
  expect(applyText(applyText(null, whole), { ...whole, isWhole: false, rows: 25 })).toBeNull();
});

test.each([null, 'text', {}, { ...whole, rows: 1e9 }, { ...whole, rows: -1 }, { ...whole, columns: 0.5 }, { ...whole, lines: 'x' }])('%j is no text', message => {
  expect(applyText(null, message)).toBeNull();
});

test('rows outside the screen and rows that are no text are left out, and none is longer than the screen', () => {
  const text = applyText(null, { ...whole, columns: 4, lines: [{ row: 3, text: 'x' }, { row: -1, text: 'x' }, { row: 1, text: 5 }, null, { row: 0, text: 'abcdefgh' }] });
  expect(text?.lines).toEqual(['abcd', '', '']);
});

test('copied text ends with its last row', () => expect(wholeText(applyText(null, whole)!)).toBe('A:\\>dir\none\n'));
