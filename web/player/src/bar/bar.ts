import type { Machine, SessionState } from '../connection/session-state';
import type { Watching } from '../connection/watching';
import type { MachineInput } from '../input/machine-input';
import { Paste } from '../paste/paste';
import type { PrintedPages } from '../session/session-api';
import { strings } from '../strings/en';
import { TextPanel } from '../text/text-panel';
import { chordMenu } from './chord-menu';
import type { Disclosure } from './disclosure';
import { make, makeButton, makeOption } from './elements';
import { Fullscreen } from './fullscreen';
import { OnScreenKeyboard } from '../keyboard/on-screen/on-screen-keyboard';
import { MediaTray, type MediaActions } from './media/media-tray';
import { Printout } from './printout';
import { QuickKeys } from './quick-keys';
import { SoftKeyboard } from './soft-keyboard';
import { SoundControl, type Listen } from './sound-control';
import { TimeLeft } from './time-left';
import { Tool } from './tools';
import type { WatchingActions } from './watching/actions';
import { GuestControls } from './watching/guest-controls';
import { OwnerPanel } from './watching/owner-panel';
import { nameOf } from './watching/rows';

export interface BarActions {
  input(): MachineInput | null;
  readonly media: MediaActions;
  reset(): void;
  listen: Listen;
  readText(isReading: boolean): void;
  /** What the machine in sight has printed, as pages. */
  printed(): Promise<PrintedPages>;
  /** Sends to the hub, or asks it, about the machine in sight. */
  send(method: string): void;
  ask(method: string, ...values: unknown[]): Promise<unknown>;
  /** The visitor chose another machine of the session. */
  choose(machine: number): void;
  leaveMachine(): void;
  endSession(): void;
  speak(words: string): void;
  readonly watching: WatchingActions;
}

const restsAfterInMilliseconds = 3_000;

/** The thin bar under the screen. It steps back when nobody touches it; the way out of the machine stays. */
export class Bar {
  readonly element: HTMLElement;
  readonly sound: SoundControl;
  readonly owner: OwnerPanel;
  private readonly guest: GuestControls;
  readonly text: TextPanel;
  readonly paste: Paste;
  /** For the place between screen and bar. */
  readonly keyboard: OnScreenKeyboard;
  private readonly hint: HTMLButtonElement;
  private readonly tray: MediaTray;
  private readonly printout: Printout;
  private readonly quick: QuickKeys;
  private readonly keyboardTool: HTMLButtonElement;
  private readonly keys: Disclosure;
  private readonly time: TimeLeft;
  private readonly fullscreen: Fullscreen;
  private readonly machines = make('select', { hidden: true });
  private readonly controls: HTMLElement;
  private readonly leave: HTMLButtonElement;
  private kind: 'xt' | 'at' = 'at';
  private watchWords: string | null = null;
  private rest: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HTMLElement, actions: BarActions) {
    this.hint = makeButton('', () => actions.leaveMachine(), 'hint');
    this.tray = new MediaTray(actions.media);
    this.sound = new SoundControl(actions.listen);
    this.owner = new OwnerPanel(actions.watching);
    this.guest = new GuestControls(actions.watching);
    this.text = new TextPanel(isReading => actions.readText(isReading));
    this.paste = new Paste({ ask: actions.ask, send: actions.send, speak: actions.speak, pasting: () => this.keys.hide(), layoutChosen: () => this.showKeyboard() });
    this.keyboard = new OnScreenKeyboard({ input: () => actions.input(), speak: words => actions.speak(words), toggled: isOpen => this.keyboardToggled(isOpen) });
    this.keyboardTool = new Tool('keys', strings.keyboard.title, () => this.keyboard.toggle()).button;
    this.keyboardTool.setAttribute('aria-expanded', 'false');
    this.quick = new QuickKeys(() => actions.input());
    this.printout = new Printout(() => actions.printed(), words => { this.tell(words); actions.speak(words); });
    this.keys = chordMenu(() => actions.input(), this.paste.form);
    this.time = new TimeLeft(words => actions.speak(words));
    this.fullscreen = new Fullscreen(host);
    this.machines.setAttribute('aria-label', strings.machine);
    this.machines.addEventListener('change', () => actions.choose(Number(this.machines.value)));
    const reset = new Tool('reset', strings.reset, () => actions.reset()).button;
    reset.title = strings.resetHint;
    this.leave = new Tool('leave', strings.leave, () => actions.endSession()).button;
    this.controls = make('div', { className: 'controls' }, this.machines, this.tray.disclosure.element, this.keyboardTool, this.keys.element,
      new SoftKeyboard(text => this.paste.live.type(text)).element, this.printout.element, reset);
    const always = make('div', { className: 'always' }, this.sound.element, this.fullscreen.element, this.leave);
    const { owner } = this;
    const watching = make('div', { className: 'together' }, owner.count, owner.takeBack, owner.point, owner.disclosure.element);
    this.element = make('div', { className: 'bar' },
      owner.requests, this.hint, this.time.element, this.guest.element, this.paste.strip, this.quick.element, this.controls, this.text.disclosure.element, watching, always, this.text.live);
    this.element.setAttribute('role', 'group');
    this.element.setAttribute('aria-label', strings.toolbar);
    this.showHint(false, false);
  }

  show(session: SessionState, machine: Machine): void {
    const mayControl = session.role !== 'watch';
    this.controls.hidden = !mayControl;
    if (!mayControl && this.keyboard.isOpen) this.keyboard.toggle();
    this.owner.show(session.watching);
    this.guest.show(session.watching);
    this.leave.title = session.watching.isOwner ? strings.leaveSession : '';
    this.showWatching(mayControl ? null : wordsFor(session.watching));
    this.time.set(session.secondsLeft);
    this.sound.show(machine.sound);
    this.tray.show(machine);
    this.text.offer(machine.text);
    this.printout.offer(machine.printer);
    this.paste.show(machine);
    this.quick.show(mayControl ? session.input.quickKeys : []);
    this.kind = session.input.keyboard ?? machine.keyboard;
    this.showKeyboard();
    this.machines.hidden = session.machines.length < 2;
    if (this.machines.options.length !== session.machines.length) {
      this.machines.replaceChildren(...session.machines.map(each => makeOption(each.title || `${strings.machine} ${each.machine + 1}`, String(each.machine))));
    }
    this.machines.value = String(machine.machine);
  }

  private showKeyboard(): void {
    this.keyboard.show(this.paste.layout ?? '', this.kind);
  }

  private keyboardToggled(isOpen: boolean): void {
    this.keyboardTool.setAttribute('aria-expanded', String(isOpen));
    this.element.parentElement?.classList.toggle('types', isOpen);
    // Whoever closed it from inside goes on from the button that opened it.
    if (!isOpen && (this.element.getRootNode() as ShadowRoot).activeElement === null) this.keyboardTool.focus();
  }

  /** What to do to get in, or, always in sight while in the machine, to get out. */
  showHint(isEntered: boolean, takesPointer: boolean): void {
    if (this.watchWords !== null && !isEntered) return this.tell(this.watchWords);
    const way = isEntered ? (takesPointer ? strings.leaveHintPointer : strings.leaveHint)
      : matchMedia('(pointer: coarse)').matches ? strings.enterHintTouch : strings.enterHint;
    this.hint.textContent = way;
    this.hint.classList.toggle('out', isEntered);
    // Outside it is only words; inside, a finger can press it, since it has no Ctrl and Alt.
    this.hint.disabled = !isEntered;
  }

  /** Says that the visitor only watches, in the place of the way in. */
  private showWatching(words: string | null): void {
    if (words === this.watchWords) return;
    this.watchWords = words;
    if (words === null) this.showHint(false, false);
    else this.tell(words);
  }

  tell(words: string): void {
    this.hint.textContent = words;
  }

  /** Somebody is there: the bar comes forward at once, and steps back after a while. */
  touch(): void {
    this.element.classList.remove('resting');
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.element.classList.add('resting'), restsAfterInMilliseconds);
  }

  dispose(): void {
    clearTimeout(this.rest);
    this.sound.turnOff();
    this.text.stop();
    this.time.dispose();
    this.fullscreen.dispose();
    this.keyboard.dispose();
    this.tray.dispose();
  }
}

/** What somebody who does not control is told, always in sight. */
function wordsFor(watching: Watching): string {
  const guest = watching.people.find(person => person.number === watching.guest);
  if (guest !== undefined) return strings.watch.guestControls(nameOf(guest));
  if (watching.isOwner) return strings.watch.otherPage;
  return watching.isTour ? strings.watch.onTourWatching : strings.watch.onlyWatching;
}
