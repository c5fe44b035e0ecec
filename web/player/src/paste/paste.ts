import { make, makeButton, makeOption } from '../bar/elements';
import type { Machine } from '../connection/session-state';
import { strings } from '../strings/en';
import { LiveTyping } from './live-typing';
import { namesOf } from './names';
import { brokenOff, longestText, readPlan, readProgress } from './typing-hub';

export interface PasteActions {
  /** A text was taken from the form: its panel has done its part. */
  pasting(): void;
  /** Asks the hub about the machine in sight; rejects when the connection is lost. */
  ask(method: string, ...values: unknown[]): Promise<unknown>;
  send(method: string): void;
  speak(words: string): void;
  /** The visitor says which keyboard the machine's software takes for granted. */
  layoutChosen(layout: string): void;
}

/**
 * Types a text on the machine's keyboard: 1. asks what of it cannot be typed, 2. says so and lets the visitor decide, 3. has it typed by the
 * service and shows how far it is. The form is for the Keys panel; the strip lies in the bar, where it is seen whatever is open.
 */
export class Paste {
  readonly form: HTMLElement;
  readonly strip: HTMLElement;
  private readonly field = make('textarea', { className: 'paste-text', rows: 3, maxLength: longestText });
  private readonly layouts = make('select');
  private readonly words = make('p', { className: 'paste-words' });
  private readonly bar = make('progress', { max: 1, value: 0, hidden: true });
  private readonly buttons = make('div', { className: 'paste-buttons' });
  private shown = '';
  private isFromForm = false;
  /** What is typed on glass goes the same way, on the same layout. */
  readonly live = new LiveTyping({
    type: text => this.ask('TypeText', text, this.layout, false),
    say: words => this.say(words, this.close()),
  });

  constructor(private readonly actions: PasteActions) {
    this.words.setAttribute('role', 'status');
    this.bar.setAttribute('aria-label', strings.typingProgress);
    this.layouts.setAttribute('aria-label', strings.layout);
    this.layouts.addEventListener('change', () => actions.layoutChosen(this.layouts.value));
    this.form = make('div', { className: 'paste' },
      make('label', {}, make('span', { textContent: strings.pasteLabel }), this.field),
      make('label', {}, make('span', { textContent: strings.layout }), this.layouts),
      makeButton(strings.typeIt, () => void this.pasteField()));
    this.strip = make('div', { className: 'paste-strip', hidden: true }, this.words, this.bar, this.buttons);
  }

  show(machine: Machine): void {
    const shown = JSON.stringify([machine.machine, machine.layout, machine.layouts]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.layouts.replaceChildren(...machine.layouts.map(({ id, title }) => makeOption(title, id)));
    this.layouts.value = machine.layout;
  }

  /** The connection is new: what was being typed stopped with the old one. */
  forget(): void {
    this.strip.hidden = true;
    this.live.forget();
  }

  async paste(text: string): Promise<void> {
    if (text === '') return;
    if (text.length > longestText) return this.say(strings.pasteTooLong(text.length, longestText), this.close());
    const plan = readPlan(await this.ask('PlanText', text, this.layout));
    if (plan === null) return this.say(strings.pasteNoAnswer, this.close());
    if (plan.problem !== null) return this.say(plan.problem, this.close());
    if (plan.unknown.length === 0) return await this.type(text, false);
    const buttons = [makeButton(strings.typeRest, () => void this.type(text, false))];
    if (plan.byNumber.length > 0) buttons.push(makeButton(strings.typeByNumber, () => void this.type(text, true)));
    this.say(`${strings.cannotType(plan.unknown.length)} ${namesOf(plan.unknown)}`, ...buttons, this.close(strings.cancel));
  }

  private async pasteField(): Promise<void> {
    this.isFromForm = true;
    await this.paste(this.field.value);
    this.isFromForm = false;
  }

  /** A `typing` message of the machine in sight. */
  hear(message: unknown): void {
    const progress = readProgress(message);
    if (progress === null || this.live.hear(progress)) return;
    if (progress.outcome === null) {
      this.bar.hidden = false;
      this.bar.value = progress.total > 0 ? progress.typed / progress.total : 0;
      return;
    }
    if (progress.outcome === 'typed' && progress.unknown.length === 0) {
      this.strip.hidden = true;
      return this.actions.speak(strings.pasteDone);
    }
    const left = progress.unknown.length > 0 ? ` ${strings.leftOut} ${namesOf(progress.unknown)}` : '';
    const words = progress.outcome === 'typed' ? strings.pasteDone : brokenOff(progress);
    this.say(words + left, this.close());
  }

  /** The keyboard that the machine's software takes for granted: the profile's, or what the visitor chose. */
  get layout(): string | null {
    return this.layouts.value || null;
  }

  private async type(text: string, byNumber: boolean): Promise<void> {
    this.say(strings.pasting, makeButton(strings.stopTyping, () => this.actions.send('StopTyping')));
    const problem = await this.ask('TypeText', text, this.layout, byNumber);
    if (problem === undefined) this.say(strings.pasteNoAnswer, this.close());
    else if (typeof problem === 'string') this.say(problem, this.close());
    else this.field.value = '';
  }

  /** Undefined when the connection was lost. */
  private async ask(method: string, ...values: unknown[]): Promise<unknown> {
    try {
      return await this.actions.ask(method, ...values);
    } catch {
      return undefined;
    }
  }

  private say(words: string, ...buttons: HTMLElement[]): void {
    this.strip.hidden = false;
    this.bar.hidden = true;
    this.bar.value = 0;
    this.words.textContent = words;
    this.buttons.replaceChildren(...buttons);
    if (!this.isFromForm) return;
    this.actions.pasting();
    buttons[0]?.focus();
  }

  private close(label: string = strings.close): HTMLButtonElement {
    return makeButton(label, () => { this.strip.hidden = true; });
  }
}
