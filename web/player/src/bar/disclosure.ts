import { make, makeButton } from './elements';

let panels = 0;

/** A button that opens a panel above it. Escape, a press elsewhere or the button itself closes it, and the focus goes back to the button. */
export class Disclosure {
  readonly element: HTMLElement;
  private readonly button: HTMLButtonElement;

  /** @param opened told each time the panel opens */
  constructor(label: string, readonly panel: HTMLElement, private readonly opened: () => void = () => {}) {
    panel.id = `panel-${panels++}`;
    panel.classList.add('panel');
    panel.hidden = true;
    panel.setAttribute('role', 'group');
    panel.setAttribute('aria-label', label);
    this.button = makeButton(label, () => this.toggle());
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
    this.panel.hidden = true;
    this.button.setAttribute('aria-expanded', 'false');
  }

  open(): void {
    this.panel.hidden = false;
    this.button.setAttribute('aria-expanded', 'true');
    this.opened();
    this.panel.querySelector<HTMLElement>('button, select, input')?.focus();
  }

  private toggle(): void {
    if (this.isOpen) this.hide();
    else this.open();
  }
}
