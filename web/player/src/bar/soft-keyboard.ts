import type { MachineInput } from '../input/machine-input';
import { play } from '../keyboard/chords';
import { typeText } from '../keyboard/typed-text';
import { strings } from '../strings/en';
import { make } from './elements';

/** Kept in the field, so that a keyboard on glass always has something to delete and reports it. */
const filler = '\u200b';

/** A text field whose typing goes to the machine: it brings up the keyboard of a phone or tablet. */
export class SoftKeyboard {
  readonly element = make('input', { type: 'text', className: 'typing', autocomplete: 'off', spellcheck: false, value: filler });

  constructor(private readonly input: () => MachineInput | null) {
    this.element.setAttribute('aria-label', strings.typeLabel);
    this.element.setAttribute('placeholder', strings.type);
    this.element.setAttribute('autocapitalize', 'none');
    this.element.setAttribute('autocorrect', 'off');
    this.element.addEventListener('input', event => this.typed(event as InputEvent));
    this.element.addEventListener('keydown', event => this.pressed(event));
  }

  private typed(event: InputEvent): void {
    // While a word is being composed the text still changes; the end of the composition brings it whole.
    if (event.isComposing) return;
    const machine = this.input();
    const text = this.element.value.replaceAll(filler, '');
    this.element.value = filler;
    if (machine === null) return;
    if (event.inputType.startsWith('delete')) play(['Backspace'], machine);
    else typeText(text || (event.data ?? ''), machine);
  }

  private pressed(event: KeyboardEvent): void {
    const machine = this.input();
    if (machine === null || event.key !== 'Enter') return;
    event.preventDefault();
    play(['Enter'], machine);
  }
}
