import { make } from '../../bar/elements';
import { strings } from '../../strings/en';
import type { Layout } from '../layout';
import { scancodeOf } from '../scancodes';

const words = strings.keyboard;

/** What is printed on a key: for letters the capital, for others what Shift makes above what the key makes, AltGr's at the right. */
export function printCap(button: HTMLElement, code: string, layout: Layout, isXt: boolean): void {
  const cap = isXt && code === 'NumpadMultiply' ? words.printScreenOnPad : words.caps[code];
  if (cap !== undefined) {
    button.textContent = cap[0];
    button.classList.add('word');
    button.setAttribute('aria-label', code.startsWith('Numpad') ? words.onPad(cap[1] ?? cap[0]) : cap[1] ?? cap[0]);
    return;
  }
  const { plain, shift, altGr } = layout.legend(scancodeOf(code) ?? 0) ?? { plain: code, shift: '', altGr: '' };
  button.classList.remove('word');
  if (/^F\d+$/.test(code)) return name(button, code, code);
  const isLetter = plain.toLocaleUpperCase('en') === shift && plain !== shift;
  const parts = isLetter ? [part('plain', shift)] : [part('shift', shift), part('plain', plain)];
  button.replaceChildren(...parts, ...altGr === '' ? [] : [part('alt-gr', altGr)]);
  button.setAttribute('aria-label', isLetter || shift === '' ? said(plain) : words.withShift(said(plain), said(shift)));
}

function name(button: HTMLElement, printed: string, label: string): void {
  button.textContent = printed;
  button.classList.add('word');
  button.setAttribute('aria-label', label);
}

function part(className: string, text: string): HTMLElement {
  return make('span', { className, textContent: text });
}

function said(character: string): string {
  return words.signs[character] ?? character;
}
