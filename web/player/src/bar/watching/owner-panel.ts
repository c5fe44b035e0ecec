import type { Person, Watching } from '../../connection/watching';
import type { LinkKind } from '../../session/watch-links';
import { strings } from '../../strings/en';
import { Disclosure } from '../disclosure';
import { make, makeButton } from '../elements';
import type { WatchingActions } from './actions';
import { LinkList } from './link-list';
import { PeopleList } from './people-list';
import { makeNamedButton, nameOf, replaceRows } from './rows';

/** For whoever has the machine: who is watching, who asks, links, and the way to take the controls back. */
export class OwnerPanel {
  /** Always in sight while anybody watches. */
  readonly count = make('span', { className: 'watched', hidden: true });
  /** Who asks for the controls: in sight whether or not the panel is open. */
  readonly requests = make('ul', { className: 'requests', hidden: true });
  readonly takeBack: HTMLButtonElement;
  readonly point: HTMLButtonElement;
  readonly disclosure: Disclosure;
  private readonly links: LinkList;
  private readonly people: PeopleList;
  private readonly panel: HTMLElement;
  private last: Watching | null = null;
  private shownRequests = '';

  constructor(private readonly actions: WatchingActions) {
    this.links = new LinkList(actions);
    this.people = new PeopleList(actions);
    this.takeBack = makeButton(strings.watch.takeBack, () => actions.send('TakeControl'), 'out');
    this.point = makeButton(strings.watch.point, () => this.setPointing(this.point.getAttribute('aria-pressed') !== 'true'));
    this.point.title = strings.watch.pointHint;
    this.point.setAttribute('aria-pressed', 'false');
    this.panel = make('div', { className: 'watching' }, this.links.element, this.people.element);
    this.disclosure = new Disclosure('together', strings.watch.panel, this.panel, isOpen => { if (isOpen) void this.links.refresh(); });
  }

  show(watching: Watching): void {
    const isShared = watching.isOwner && watching.watchers > 0;
    this.disclosure.element.hidden = !watching.isOwner;
    this.count.hidden = watching.watchers === 0;
    this.count.textContent = watching.isTour ? strings.watch.onTour(watching.watchers) : strings.watch.count(watching.watchers);
    this.takeBack.hidden = !watching.isOwner || watching.guest === null;
    this.point.hidden = !isShared && !(watching.isOwner && watching.isTour);
    if (this.point.hidden) this.setPointing(false);
    this.links.show(watching.people);
    this.people.show(watching);
    this.showRequests(watching.people.filter(person => person.wish === 'asking'));
    if (watching.isOwner) this.tell(watching);
    this.last = watching;
  }

  /** Opens the panel and makes a link of a kind, as if the visitor had. */
  begin(kind: LinkKind): void {
    this.disclosure.open();
    void this.links.make(kind);
  }

  /** A new session: nothing of the last one is told again. */
  clear(): void {
    this.last = null;
    this.setPointing(false);
  }

  private setPointing(isPointing: boolean): void {
    if ((this.point.getAttribute('aria-pressed') === 'true') === isPointing) return;
    this.point.setAttribute('aria-pressed', String(isPointing));
    this.actions.point(isPointing);
    if (isPointing) this.actions.speak(strings.watch.pointing);
  }

  private showRequests(asking: readonly Person[]): void {
    const shown = JSON.stringify(asking);
    if (shown === this.shownRequests) return;
    this.shownRequests = shown;
    replaceRows(this.requests, asking.map(person => {
      const name = nameOf(person);
      return make('li', {}, make('span', { textContent: strings.watch.asks(name) }),
        makeNamedButton(strings.watch.give, strings.watch.giveTo(name), `give ${person.number}`,
          () => void this.actions.ask('GiveControl', person.number)),
        makeNamedButton(strings.watch.refuse, strings.watch.refuseTo(name), `refuse ${person.number}`,
          () => this.actions.send('RefuseControl', person.number)));
    }));
  }

  /** Says what has changed, to those who listen instead of look. */
  private tell(now: Watching): void {
    const before = this.last;
    if (before === null) return;
    const isNew = (person: Person): boolean => person.wish === 'asking'
      && before.people.find(other => other.number === person.number)?.wish !== 'asking';
    const asking = now.people.filter(isNew).map(person => strings.watch.asks(nameOf(person)));
    const words = [...asking];
    if (now.guest !== before.guest) words.push(this.whoControls(now));
    if (now.watchers !== before.watchers) words.push(now.watchers === 0 ? strings.watch.nobody : strings.watch.count(now.watchers));
    if (words.length > 0) this.actions.speak(words.join(' '));
  }

  private whoControls(now: Watching): string {
    const guest = now.people.find(person => person.number === now.guest);
    return guest === undefined ? strings.watch.backWithYou : strings.watch.handedTo(nameOf(guest));
  }
}
