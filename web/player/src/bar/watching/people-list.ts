import type { Person, Watching } from '../../connection/watching';
import { strings } from '../../strings/en';
import { make } from '../elements';
import type { WatchingActions } from './actions';
import { makeNamedButton, nameOf, replaceRows } from './rows';

/** Everybody who watches, with the way to hand each the controls. */
export class PeopleList {
  readonly element = make('ul', { className: 'people', hidden: true });
  private shown = '';

  constructor(private readonly actions: WatchingActions) {}

  show(watching: Watching): void {
    // Every state message comes here: rows must not be rebuilt under the visitor's hand.
    const shown = JSON.stringify([watching.people, watching.guest]);
    if (shown === this.shown) return;
    this.shown = shown;
    replaceRows(this.element, watching.people.map(person => this.row(person, person.number === watching.guest)));
  }

  private row(person: Person, isGuest: boolean): HTMLElement {
    const name = nameOf(person);
    const words = make('span', { textContent: isGuest ? `${name} ${strings.watch.hasControls}` : name });
    return make('li', {}, words, ...(isGuest ? [] : this.buttons(person, name)));
  }

  private buttons(person: Person, name: string): HTMLButtonElement[] {
    const { number } = person;
    const give = (label: string, spoken: string): HTMLButtonElement =>
      makeNamedButton(label, spoken, `give ${number}`, () => void this.tell(this.actions.ask('GiveControl', number)));
    const refuse = (label: string, spoken: string): HTMLButtonElement =>
      makeNamedButton(label, spoken, `refuse ${number}`, () => this.actions.send('RefuseControl', number));
    switch (person.wish) {
      case 'asking': return [give(strings.watch.give, strings.watch.giveTo(name)), refuse(strings.watch.refuse, strings.watch.refuseTo(name))];
      case 'offered': return [refuse(strings.watch.withdrawOffer, strings.watch.withdrawOfferTo(name))];
      default: return [give(strings.watch.offer, strings.watch.offerTo(name))];
    }
  }

  private async tell(problem: Promise<string | null>): Promise<void> {
    const words = await problem;
    if (words !== null) this.actions.speak(words);
  }
}
