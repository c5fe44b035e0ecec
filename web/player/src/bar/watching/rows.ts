import type { Person } from '../../connection/watching';
import { strings } from '../../strings/en';
import { makeButton } from '../elements';

/** What a watcher is called: the name it gave, as text, or its number. */
export function nameOf(person: Person): string {
  return person.name || strings.watch.watcher(person.number);
}

/** A button whose spoken name says what it is about, and begins with the words that are seen. */
export function makeNamedButton(label: string, spoken: string, key: string, press: () => void): HTMLButtonElement {
  const button = makeButton(label, press);
  button.setAttribute('aria-label', spoken);
  button.dataset['key'] = key;
  return button;
}

/** Puts new rows into a list without taking the focus away from whoever is in it. */
export function replaceRows(list: HTMLElement, rows: readonly HTMLElement[]): void {
  const focused = (list.getRootNode() as Document | ShadowRoot).activeElement as HTMLElement | null;
  const key = list.contains(focused) ? focused?.dataset['key'] : undefined;
  list.replaceChildren(...rows);
  list.hidden = rows.length === 0;
  if (key === undefined) return;
  const again = [...list.querySelectorAll<HTMLElement>('[data-key]')].find(each => each.dataset['key'] === key);
  (again ?? list.closest<HTMLElement>('.panel')?.querySelector<HTMLElement>('button'))?.focus();
}
