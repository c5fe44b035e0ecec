import type { Watching } from '../../connection/watching';
import { strings } from '../../strings/en';
import { make, makeButton } from '../elements';
import type { WatchingActions } from './actions';

const longestName = 40;

/** For whoever watches by a link: ask for the controls, take what is offered, give back. */
export class GuestControls {
  readonly element: HTMLElement;
  private readonly words = make('span', { className: 'words' });
  private readonly name = make('input', { type: 'text', maxLength: longestName, autocomplete: 'off' });
  private readonly question: HTMLElement;
  private readonly buttons: Readonly<Record<'ask' | 'never' | 'take' | 'decline' | 'back', HTMLButtonElement>>;
  private wasGuest = false;
  private wish: Watching['wish'] = 'none';

  constructor(private readonly actions: WatchingActions) {
    const { watch } = strings;
    this.name.placeholder = watch.name;
    this.name.setAttribute('aria-label', watch.name);
    this.buttons = {
      ask: makeButton(watch.ask, () => void this.ask()),
      never: makeButton(watch.withdrawAsk, () => actions.send('WithdrawAsk')),
      take: makeButton(watch.take, () => actions.send('TakeControl'), 'out'),
      decline: makeButton(watch.decline, () => actions.send('WithdrawAsk')),
      back: makeButton(watch.giveBack, () => actions.send('ReturnControl'), 'out'),
    };
    this.question = make('form', { className: 'question' }, this.name, this.buttons.ask);
    this.question.addEventListener('submit', event => {
      event.preventDefault();
      void this.ask();
    });
    this.element = make('div', { className: 'guest', hidden: true }, this.words, this.question,
      this.buttons.take, this.buttons.decline, this.buttons.never, this.buttons.back);
  }

  show(watching: Watching): void {
    this.element.hidden = watching.isOwner || watching.number === 0;
    if (this.element.hidden) return;
    const isGuest = watching.guest === watching.number;
    const { wish } = watching;
    const words = isGuest ? strings.watch.yours : wordsOf(wish);
    this.words.textContent = words;
    this.words.hidden = words === '';
    this.question.hidden = isGuest || wish === 'asking' || wish === 'offered';
    this.buttons.never.hidden = isGuest || wish !== 'asking';
    this.buttons.take.hidden = this.buttons.decline.hidden = isGuest || wish !== 'offered';
    this.buttons.back.hidden = !isGuest;
    if (isGuest !== this.wasGuest) this.actions.speak(isGuest ? strings.watch.yours : strings.watch.lost);
    else if (wish !== this.wish && words !== '') this.actions.speak(words);
    this.wasGuest = isGuest;
    this.wish = wish;
  }

  private async ask(): Promise<void> {
    const problem = await this.actions.ask('AskControl', this.name.value.slice(0, longestName));
    if (problem === null) return;
    this.words.textContent = problem;
    this.words.hidden = false;
    this.actions.speak(problem);
  }
}

function wordsOf(wish: Watching['wish']): string {
  switch (wish) {
    case 'asking': return strings.watch.asking;
    case 'offered': return strings.watch.offered;
    case 'refused': return strings.watch.refused;
    case 'none': return '';
  }
}
