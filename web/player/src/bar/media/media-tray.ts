import type { Bay, Machine, ShelfMedium } from '../../connection/session-state';
import { strings } from '../../strings/en';
import { Disclosure } from '../disclosure';
import { make, makeButton } from '../elements';
import { DriveLamps, type Lamp } from './drive-lamps';

export interface MediaActions {
  /** Asks the worker to change something in a bay; answers with the reason when it was refused. */
  change(method: 'ChangeMedium' | 'ProtectMedium' | 'InsertBlank', ...values: unknown[]): Promise<string | null>;
  /** Asks what the guest has used its drives. */
  look(): Promise<unknown>;
}

const words = strings.media;
const notDrives = ['kernel', 'ramdisk'];

/** Every drive of the machine with what is in it and its lamp; for those that can be changed, what could be put in, in the order of the set. */
export class MediaTray {
  readonly disclosure: Disclosure;
  private readonly panel = make('div', { className: 'tray' });
  private readonly answer = make('p', { className: 'answer' });
  private readonly lamps: DriveLamps;
  private shown = '';
  private isBusy = false;

  constructor(private readonly actions: MediaActions) {
    this.answer.setAttribute('role', 'status');
    this.lamps = new DriveLamps(() => actions.look(), lamps => this.light(lamps));
    this.disclosure = new Disclosure('media', words.title, this.panel, isOpen => isOpen ? this.lamps.start() : this.lamps.stop());
    this.disclosure.element.hidden = true;
  }

  show(machine: Machine): void {
    const bays = machine.bays.filter(bay => !notDrives.includes(bay.kind) && (bay.removable || bay.medium !== null));
    this.disclosure.element.hidden = !bays.some(bay => bay.removable);
    if (this.disclosure.element.hidden) this.disclosure.hide();
    // Every state message comes here, each second perhaps: an open list must not be rebuilt under the visitor's hand.
    const shown = JSON.stringify([machine.machine, bays, machine.shelf]);
    if (shown === this.shown) return;
    this.shown = shown;
    const focused = (this.panel.getRootNode() as Document | ShadowRoot).activeElement?.getAttribute('data-act') ?? null;
    this.panel.replaceChildren(...bays.map(bay => this.drive(bay, machine)), this.answer);
    if (focused !== null && this.disclosure.isOpen) this.focus(focused);
  }

  dispose(): void {
    this.lamps.stop();
  }

  private drive(bay: Bay, machine: Machine): HTMLElement {
    const title = bay.title || bay.id;
    const lamp = make('span', { className: 'lamp', textContent: words.lamp.idle });
    lamp.dataset['bay'] = bay.id;
    const inside = bay.medium === null ? words.empty : bay.label || words.unknown;
    const head = make('div', { className: 'drive-head' },
      make('strong', { textContent: title }), make('span', { className: 'drive-size', textContent: bay.inches === null ? '' : words.takes(bay.inches) }), lamp);
    const section = make('section', { className: 'drive' }, head, make('div', { className: 'drive-medium', textContent: bay.removable ? inside : `${inside} (${words.stays})` }));
    section.setAttribute('aria-label', title);
    if (!bay.removable) return section;
    section.append(this.acts(bay, title));
    const others = machine.shelf.filter(medium => medium.kind === bay.kind && medium.medium !== bay.medium);
    if (others.length > 0) section.append(make('div', { className: 'shelf' }, ...others.map(medium => this.choice(bay, title, medium, machine))));
    return section;
  }

  private acts(bay: Bay, title: string): HTMLElement {
    const eject = this.act(`eject ${bay.id}`, words.eject, () => this.change(words.done.ejected(title), 'ChangeMedium', bay.id, null));
    eject.disabled = bay.medium === null;
    if (bay.kind !== 'floppy') return make('div', { className: 'acts' }, eject);
    const blank = this.act(`blank ${bay.id}`, words.blank, () => this.change(words.done.blank(title), 'InsertBlank', bay.id));
    blank.title = words.blankHint;
    const protect = this.act(`protect ${bay.id}`, words.protect, () =>
      this.change((bay.isProtected ? words.done.writable : words.done.protected)(title), 'ProtectMedium', bay.id, !bay.isProtected));
    protect.title = words.protectHint;
    protect.disabled = bay.medium === null;
    protect.setAttribute('aria-pressed', String(bay.isProtected));
    return make('div', { className: 'acts' }, eject, protect, blank);
  }

  private choice(bay: Bay, title: string, medium: ShelfMedium, machine: Machine): HTMLElement {
    const button = this.act(`${bay.id} ${medium.medium}`, words.putIn(medium.label), () =>
      this.change(words.done.changed(title, medium.label), 'ChangeMedium', bay.id, medium.medium));
    const other = machine.bays.find(each => each.medium === medium.medium);
    const misfit = medium.misfits[bay.id];
    button.disabled = misfit !== undefined || other !== undefined;
    const reason = misfit ?? (other === undefined ? '' : words.inOther(other.title || other.id));
    if (reason !== '') button.append(make('span', { className: 'reason', textContent: reason }));
    return button;
  }

  private act(name: string, label: string, press: () => void): HTMLButtonElement {
    const button = makeButton(label, press);
    button.dataset['act'] = name;
    return button;
  }

  private async change(done: string, method: Parameters<MediaActions['change']>[0], ...values: unknown[]): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.answer.textContent = words.working;
    const problem = await this.actions.change(method, ...values);
    this.isBusy = false;
    this.answer.textContent = problem ?? done;
  }

  /** The button that was pressed may be gone or out of use; then the first that can be pressed. */
  private focus(act: string): void {
    const same = [...this.panel.querySelectorAll<HTMLButtonElement>('button')].find(button => button.dataset['act'] === act && !button.disabled);
    (same ?? this.panel.querySelector<HTMLButtonElement>('button:not(:disabled)'))?.focus();
  }

  private light(lamps: ReadonlyMap<string, Lamp>): void {
    for (const lamp of this.panel.querySelectorAll<HTMLElement>('.lamp')) {
      const state = lamps.get(lamp.dataset['bay'] ?? '') ?? 'idle';
      lamp.dataset['state'] = state;
      lamp.textContent = words.lamp[state];
    }
  }
}
