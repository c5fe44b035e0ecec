import { make } from '../bar/elements';
import { strings } from '../strings/en';
import type { MachineText } from './machine-text';

/**
 * The rows of the screen as one list that takes the focus: arrows, Page Up, Page Down, Home and End go from row to row, and a screen reader
 * reads the row that is current. With a mouse the rows are ordinary text to select.
 */
export class RowReview {
  readonly element = make('div', { className: 'rows', tabIndex: 0 });
  private current = 0;
  private readonly pageLength = 10;

  constructor() {
    this.element.setAttribute('role', 'listbox');
    this.element.setAttribute('aria-label', strings.reviewLabel);
    this.element.addEventListener('keydown', event => this.pressed(event));
    this.element.addEventListener('focus', () => this.mark());
  }

  get isFocused(): boolean {
    return (this.element.getRootNode() as Document | ShadowRoot).activeElement === this.element;
  }

  show(text: MachineText): void {
    const rows = this.element.children;
    if (rows.length !== text.lines.length) {
      this.element.replaceChildren(...text.lines.map((_, row) => this.makeRow(row)));
      this.current = Math.min(text.cursorRow ?? 0, text.lines.length - 1);
    }
    text.lines.forEach((line, row) => {
      const element = rows[row] as HTMLElement;
      // Only what changed: a selection in the other rows stays.
      if (element.textContent !== line) element.textContent = line;
      element.setAttribute('aria-label', line.trim() || strings.blankRow);
      element.classList.toggle('cursor-row', row === text.cursorRow);
    });
    this.mark();
  }

  private makeRow(row: number): HTMLElement {
    const element = make('div', { className: 'text-row', id: `review-row-${row}` });
    element.setAttribute('role', 'option');
    return element;
  }

  private pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const last = this.element.children.length - 1;
    const goal = { ArrowUp: this.current - 1, ArrowDown: this.current + 1, Home: 0, End: last, PageUp: this.current - this.pageLength, PageDown: this.current + this.pageLength }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    this.current = Math.max(0, Math.min(last, goal));
    this.mark();
    this.element.children[this.current]?.scrollIntoView?.({ block: 'nearest' });
  }

  private mark(): void {
    [...this.element.children].forEach((row, index) => row.setAttribute('aria-selected', String(index === this.current)));
    const row = this.element.children[this.current];
    if (row !== undefined) this.element.setAttribute('aria-activedescendant', row.id);
  }
}
