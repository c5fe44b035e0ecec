import { make } from './elements';
import { Tool, type Drawing } from './tools';

let panels = 0;

/** A button that opens a panel above it. Escape, a press elsewhere or the button itself closes it, and the focus goes back to the button. */
export class Disclosure {
  readonly element: HTMLElement;
  private readonly button: HTMLButtonElement;

  /** @param changed told when the panel has opened or closed */
  constructor(drawing: Drawing, label: string, readonly panel: HTMLElement, private readonly changed: (isOpen: boolean) => void = () => {}) {
    panel.id = `panel-${panels++}`;
    panel.classList.add('panel');
    panel.hidden = true;
    panel.setAttribute('role', 'group');
    panel.setAttribute('aria-label', label);
    this.button = new Tool(drawing, label, () => this.toggle()).button;
    this.button.setAttribute('aria-expanded', 'false');
    this.button.setAttribute('aria-controls', panel.id);
    this.element = make('div', { className: 'disclosure' }, this.button, panel);
    this.element.addEventListener('keydown', event => {
      if (event.key === 'Escape' && this.isOpen) this.close();
    });
    this.element.addEventListener('focusout', event => {
      const goesTo = event.relatedTarget as Node | null;
      if (goesTo !== null && !this.element.contains(goesTo)) this.hide();
    });
  }

  get isOpen(): boolean {
    return !this.panel.hidden;
  }

  /** Closes and gives the focus back to the button. */
  close(): void {
    this.hide();
    this.button.focus();
  }

  hide(): void {
    if (!this.isOpen) return;
    this.panel.hidden = true;
    this.button.setAttribute('aria-expanded', 'false');
    this.changed(false);
  }

  /** Takes the button out of use and says why, or with null puts it back. */
  disable(reason: string | null): void {
    this.button.disabled = reason !== null;
    this.button.title = reason ?? '';
    if (reason !== null) this.hide();
  }

  open(): void {
    this.panel.hidden = false;
    this.button.setAttribute('aria-expanded', 'true');
    this.panel.querySelector<HTMLElement>('button:not(:disabled), select, input')?.focus();
    this.changed(true);
  }

  private toggle(): void {
    if (this.isOpen) this.hide();
    else this.open();
  }
}
