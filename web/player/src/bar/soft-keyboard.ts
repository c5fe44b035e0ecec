import { strings } from '../strings/en';
import { make } from './elements';
import { draw } from './tools';

/** Kept in the field, so that a keyboard on glass always has something to delete and reports it. */
const filler = '\u200b';

/** A text field whose typing goes to the machine: it brings up the keyboard of a phone or tablet. */
export class SoftKeyboard {
  readonly element: HTMLElement;
  private readonly field = make('input', { type: 'text', className: 'typing', autocomplete: 'off', spellcheck: false, value: filler });

  /** @param type types on the machine in sight; a backspace is the Backspace key, a line feed Enter */
  constructor(private readonly type: (text: string) => void) {
    this.field.setAttribute('aria-label', strings.typeLabel);
    this.field.setAttribute('autocapitalize', 'none');
    this.field.setAttribute('autocorrect', 'off');
    this.field.addEventListener('input', event => this.typed(event as InputEvent));
    this.field.addEventListener('compositionend', () => this.flush());
    this.field.addEventListener('keydown', event => this.pressed(event));
    this.element = make('label', { className: 'type tool' }, draw('type'), make('span', { textContent: strings.type }), this.field);
  }

  private typed(event: InputEvent): void {
    // While a word is being composed the text still changes; the end of the composition brings it whole.
    if (event.isComposing) return;
    if (event.inputType.startsWith('delete')) this.type('\b');
    this.flush();
  }

  /** Types what is in the field, and empties it. */
  private flush(): void {
    const text = this.field.value.replaceAll(filler, '');
    this.field.value = filler;
    if (text !== '') this.type(text);
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    this.type('\n');
  }
}
