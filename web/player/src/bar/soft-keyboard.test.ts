import { expect, test } from 'vitest';
import { SoftKeyboard } from './soft-keyboard';

function keyboard() {
  const log: string[] = [];
  const { element } = new SoftKeyboard(text => log.push(text));
  const field = element.querySelector('input')!;
  const type = (inputType: string, data: string | null, isComposing = false): void => {
    if (data !== null) field.value += data;
    field.dispatchEvent(Object.assign(new Event('input'), { inputType, data, isComposing }));
  };
  return { log, field, type };
}

test('what is typed on glass goes to the machine, and the field is empty again', () => {
  const { log, field, type } = keyboard();
  type('insertText', 'd');
  type('insertText', 'd');
  expect(log).toEqual(['d', 'd']);
  expect(field.value).toHaveLength(1);
});

test('deleting is Backspace, again and again', () => {
  const { log, field, type } = keyboard();
  for (let i = 0; i < 2; i++) {
    field.value = '';
    type('deleteContentBackward', null);
  }
  expect(log).toEqual(['\b', '\b']);
});

test('a word that is being composed is typed when it is done', () => {
  const { log, field, type } = keyboard();
  type('insertCompositionText', 'a', true);
  expect(log).toEqual([]);
  field.dispatchEvent(new Event('compositionend'));
  expect(log).toEqual(['a']);
});

test('Enter is Enter', () => {
  const { log, field } = keyboard();
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true }));
  expect(log).toEqual(['\n']);
});
