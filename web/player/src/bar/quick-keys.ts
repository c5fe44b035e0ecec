import type { QuickKey } from '../connection/input-choices';
import type { MachineInput } from '../input/machine-input';
import { hold } from '../keyboard/chords';
import { strings } from '../strings/en';
import { make } from './elements';
import { holds } from './holding';

/** Keys and chords that the curator put at hand: always in the bar. */
export class QuickKeys {
  readonly element = make('div', { className: 'quick', hidden: true });
  private shown = '';

  constructor(private readonly input: () => MachineInput | null) {
    this.element.setAttribute('role', 'group');
    this.element.setAttribute('aria-label', strings.keyboard.quickKeys);
  }

  show(keys: readonly QuickKey[]): void {
    const shown = JSON.stringify(keys);
    if (shown === this.shown) return;
    this.shown = shown;
    this.element.hidden = keys.length === 0;
    this.element.replaceChildren(...keys.map(key => this.makeButton(key)));
  }

  private makeButton({ label, codes }: QuickKey): HTMLElement {
    const button = make('button', { type: 'button', textContent: label });
    holds(button, { down: () => this.press(codes, true), up: () => this.press(codes, false) });
    return button;
  }

  private press(codes: readonly string[], isDown: boolean): void {
    const input = this.input();
    if (input !== null) hold(codes, input, isDown);
  }
}
