import { beforeEach, expect, test } from 'vitest';
import { strings } from '../strings/en';
import { RowReview } from './row-review';

let review: RowReview;
beforeEach(() => {
  review = new RowReview();
  document.body.replaceChildren(review.element);
  show(['one', '', 'three']);
});

const show = (lines: string[], cursorRow: number | null = 2) => review.show({ columns: 80, lines, codePage: '', cursorRow, cursorColumn: 0 });
const press = (...keys: string[]) => {
  for (const key of keys) review.element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
};
const current = () => {
  const row = document.getElementById(review.element.getAttribute('aria-activedescendant')!)!;
  expect(row.getAttribute('aria-selected')).toBe('true');
  return row.getAttribute('aria-label');
};

test('it begins at the row of the cursor', () => expect(current()).toBe('three'));

test('arrows, Home and End go from row to row and stop at the ends', () => {
  press('ArrowUp');
  expect(current()).toBe(strings.blankRow);
  press('Home', 'ArrowUp');
  expect(current()).toBe('one');
  press('End', 'ArrowDown', 'PageDown');
  expect(current()).toBe('three');
  press('PageUp');
  expect(current()).toBe('one');
});

test('rows that did not change stay the same nodes, so that a selection in them stays', () => {
  const text = review.element.children[0]!.firstChild;
  show(['one', 'two', 'three']);
  expect(review.element.children[0]!.firstChild).toBe(text);
  press('ArrowUp');
  expect(current()).toBe('two');
});

test('what the guest shows is text and never markup', () => {
  show(['<b>x</b>', '', '']);
  expect(review.element.querySelector('b')).toBeNull();
});
