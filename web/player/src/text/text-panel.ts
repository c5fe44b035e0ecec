import { Disclosure } from '../bar/disclosure';
import { make, makeButton } from '../bar/elements';
import { strings } from '../strings/en';
import { Announcer } from './announcer';
import { copyText } from './clipboard';
import { applyText, wholeText, type MachineText } from './machine-text';
import { readingMemory } from './reading-memory';
import { RowReview } from './row-review';

/** The screen's text: to select and copy, to go through row by row, and to have read aloud. It asks for the text only while somebody wants it. */
export class TextPanel {
  readonly disclosure: Disclosure;
  /** Where announcements are put for screen readers. */
  readonly live = make('div', { className: 'announced' });
  private readonly rows = new RowReview();
  private readonly none = make('p', { className: 'answer', textContent: strings.textWaiting });
  private readonly answer = make('p', { className: 'answer' });
  private readonly copy = makeButton(strings.copyAll, () => void this.copyAll());
  private readonly aloud = make('input', { type: 'checkbox', checked: readingMemory.load() });
  private readonly announcer = new Announcer(words => this.say(words));
  private text: MachineText | null = null;
  private isOffered: boolean | null = null;
  private isReading = false;

  /** @param read told when the text is wanted, and when not any more */
  constructor(private readonly read: (isReading: boolean) => void) {
    this.live.setAttribute('aria-live', 'polite');
    this.live.setAttribute('role', 'log');
    this.live.setAttribute('aria-label', strings.textOfScreen);
    this.answer.setAttribute('role', 'status');
    this.aloud.addEventListener('change', () => {
      readingMemory.save(this.aloud.checked);
      if (!this.aloud.checked) this.live.replaceChildren();
      this.update();
    });
    const toggle = make('label', { className: 'check' }, this.aloud, make('span', { textContent: strings.readAloud }));
    const panel = make('div', { className: 'text' }, make('div', { className: 'text-tools' }, this.copy, toggle), this.none, this.rows.element, this.answer);
    this.disclosure = new Disclosure('text', strings.text, panel, () => this.update());
    this.showText(null, strings.textWaiting);
  }

  /** The machine in sight: whether its text can be read at all. */
  offer(hasText: boolean): void {
    if (hasText === this.isOffered) return;
    this.isOffered = hasText;
    this.disclosure.disable(hasText ? null : strings.noTextMachine);
    this.update();
  }

  /** A new connection, or another machine: what was asked for is asked for again. */
  again(): void {
    this.announcer.stop();
    this.showText(null, strings.textWaiting);
    if (this.isReading) this.read(true);
  }

  /** Asks no more. */
  stop(): void {
    this.isOffered = null;
    this.update();
    this.disclosure.hide();
  }

  /** A `text` message of the machine in sight. */
  hear(message: unknown): void {
    if (!this.isReading) return;
    this.showText(applyText(this.text, message), strings.noTextNow);
    if (this.aloud.checked) this.announcer.hear(this.text);
  }

  private update(): void {
    const isReading = this.isOffered === true && (this.disclosure.isOpen || this.aloud.checked);
    if (!this.aloud.checked) this.announcer.stop();
    if (isReading === this.isReading) return;
    this.isReading = isReading;
    if (!isReading) {
      this.announcer.stop();
      this.showText(null, strings.textWaiting);
    }
    this.read(isReading);
  }

  private showText(text: MachineText | null, otherwise: string): void {
    this.text = text;
    this.none.textContent = otherwise;
    this.none.hidden = text !== null;
    this.rows.element.hidden = text === null;
    this.copy.disabled = text === null;
    if (text !== null) this.rows.show(text);
    else this.answer.textContent = '';
  }

  private async copyAll(): Promise<void> {
    if (this.text === null) return;
    this.answer.textContent = await copyText(wholeText(this.text)) ? strings.copied : strings.notCopied;
  }

  /** Each announcement is a paragraph of its own, so that the same words twice are heard twice; only the last few stay. */
  private say(words: string): void {
    this.live.append(make('p', { textContent: words }));
    while (this.live.childElementCount > 5) this.live.firstElementChild!.remove();
  }
}
