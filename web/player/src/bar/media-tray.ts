import type { Bay, Machine } from '../connection/session-state';
import { strings } from '../strings/en';
import { Disclosure } from './disclosure';
import { make, makeOption } from './elements';

/** Puts a medium in a bay, or empties it; answers with the reason when it was refused. */
export type ChangeMedium = (bay: string, medium: string | null) => Promise<string | null>;

/** The removable bays of a machine, each with the media of the shelf that fit it. */
export class MediaTray {
  readonly disclosure: Disclosure;
  private readonly panel = make('div', { className: 'tray' });
  private readonly answer = make('p', { className: 'answer' });
  private shown = '';

  constructor(private readonly change: ChangeMedium) {
    this.answer.setAttribute('role', 'status');
    this.disclosure = new Disclosure('media', strings.media, this.panel);
    this.disclosure.element.hidden = true;
  }

  show(machine: Machine): void {
    const bays = machine.bays.filter(bay => bay.removable);
    this.disclosure.element.hidden = bays.length === 0;
    // Every state message comes here, each second perhaps: an open list must not be rebuilt under the visitor's hand.
    const shown = JSON.stringify([machine.machine, bays, machine.shelf]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.panel.replaceChildren(...bays.map(bay => this.row(bay, machine)), this.answer);
  }

  private row(bay: Bay, machine: Machine): HTMLElement {
    const select = make('select');
    select.append(makeOption(strings.emptyBay, ''));
    for (const { medium, label } of machine.shelf.filter(each => each.kind === bay.kind)) select.append(makeOption(label, medium));
    if (bay.medium !== null && ![...select.options].some(option => option.value === bay.medium)) {
      select.append(makeOption(strings.unknownMedium, bay.medium));
    }
    select.value = bay.medium ?? '';
    select.addEventListener('change', () => void this.choose(bay, select));
    return make('label', {}, make('span', { textContent: bay.title || bay.id }), select);
  }

  private async choose(bay: Bay, select: HTMLSelectElement): Promise<void> {
    select.disabled = true;
    const problem = await this.change(bay.id, select.value || null);
    select.disabled = false;
    this.answer.textContent = problem ?? strings.mediumChanged(bay.title || bay.id);
    if (problem !== null) select.value = bay.medium ?? '';
  }
}
