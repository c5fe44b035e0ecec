import type { Person } from '../../connection/watching';
import type { LinkKind, WatchLink } from '../../session/watch-links';
import { strings } from '../../strings/en';
import { copy } from '../copy';
import { make, makeButton } from '../elements';
import type { WatchingActions } from './actions';
import { makeNamedButton, replaceRows } from './rows';

/** The links of the session: make, copy, end. */
export class LinkList {
  readonly element: HTMLElement;
  private readonly list = make('ul', { className: 'links', hidden: true });
  private readonly answer = make('p', { className: 'answer' });
  private readonly makeLink = makeButton(strings.watch.makeLink, () => void this.make('watch'));
  private readonly startTour = makeButton(strings.watch.startTour, () => void this.make('tour'));
  private readonly endAll = makeButton(strings.watch.endAll, () => void this.run(() => this.actions.endLinks(), strings.watch.allEnded));
  private links: readonly WatchLink[] = [];
  private people: readonly Person[] = [];

  constructor(private readonly actions: WatchingActions) {
    this.answer.setAttribute('role', 'status');
    this.element = make('div', {}, make('p', { className: 'told', textContent: strings.watch.told }),
      make('div', { className: 'row' }, this.makeLink, this.startTour, this.endAll), this.answer, this.list);
    this.draw();
  }

  show(people: readonly Person[]): void {
    const isSame = JSON.stringify(people.map(person => person.link)) === JSON.stringify(this.people.map(person => person.link));
    this.people = people;
    if (!isSame) this.draw();
  }

  /** Asks the service which links there are. */
  async refresh(): Promise<void> {
    try {
      this.links = await this.actions.listLinks();
    } catch (error) {
      this.answer.textContent = (error as Error).message;
    }
    this.draw();
  }

  async make(kind: LinkKind): Promise<void> {
    const made = await this.run(async () => (await this.actions.makeLink(kind)).id, '');
    if (made !== null) this.list.querySelector<HTMLElement>(`[data-key="copy ${made}"]`)?.focus();
  }

  private async run<T>(act: () => Promise<T>, done: string): Promise<T | null> {
    for (const button of [this.makeLink, this.startTour, this.endAll]) button.disabled = true;
    let result: T | null = null;
    this.answer.textContent = '';
    try {
      result = await act();
      this.links = await this.actions.listLinks();
      this.answer.textContent = done;
    } catch (error) {
      this.answer.textContent = (error as Error).message;
    }
    for (const button of [this.makeLink, this.startTour, this.endAll]) button.disabled = false;
    this.draw();
    return result;
  }

  private draw(): void {
    this.startTour.hidden = this.links.some(link => link.kind === 'tour');
    this.endAll.hidden = this.links.length < 2;
    const watching = this.links.filter(link => link.kind === 'watch');
    replaceRows(this.list, this.links.map(link =>
      this.row(link, link.kind === 'tour' ? strings.watch.tourLink : strings.watch.watchLink(watching.indexOf(link) + 1))));
  }

  private row(link: WatchLink, name: string): HTMLElement {
    const count = this.people.filter(person => person.link === link.id).length;
    const field = make('input', { type: 'text', readOnly: true, value: link.address ?? '', hidden: link.address === null });
    field.setAttribute('aria-label', name);
    field.dataset['key'] = `field ${link.id}`;
    const copyIt = makeNamedButton(strings.watch.copy, strings.watch.copyOf(name), `copy ${link.id}`, () => void this.copy(field, copyIt));
    copyIt.hidden = link.address === null;
    const label = link.kind === 'tour' ? strings.watch.endTour : strings.watch.endLink;
    const end = makeNamedButton(label, link.kind === 'tour' ? label : strings.watch.endLinkOf(name), `end ${link.id}`,
      () => void this.run(() => this.actions.endLink(link.id), strings.watch.linkEnded));
    return make('li', {}, make('p', {}, make('strong', { textContent: name }), ` · ${strings.watch.by(count)}`,
      ...(link.address === null ? [make('small', { textContent: strings.watch.noAddress })] : [])), field, copyIt, end);
  }

  private async copy(field: HTMLInputElement, button: HTMLButtonElement): Promise<void> {
    const isCopied = await copy(field);
    this.answer.textContent = isCopied ? strings.watch.copied : strings.watch.copyYourself;
    if (isCopied) button.focus();
  }
}
