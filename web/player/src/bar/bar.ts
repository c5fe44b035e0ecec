import type { Machine, SessionState } from '../connection/session-state';
import type { MachineInput } from '../input/machine-input';
import { strings } from '../strings/en';
import { chordMenu } from './chord-menu';
import { make, makeButton, makeOption } from './elements';
import { Fullscreen } from './fullscreen';
import { MediaTray, type ChangeMedium } from './media-tray';
import { SoftKeyboard } from './soft-keyboard';
import { SoundControl, type Listen } from './sound-control';
import { TimeLeft } from './time-left';

export interface BarActions {
  input(): MachineInput | null;
  changeMedium: ChangeMedium;
  reset(): void;
  listen: Listen;
  /** The visitor chose another machine of the session. */
  choose(machine: number): void;
  leaveMachine(): void;
  endSession(): void;
  speak(words: string): void;
}

const restsAfterInMilliseconds = 3_000;

/** The thin bar under the screen. It steps back when nobody touches it; the way out of the machine stays. */
export class Bar {
  readonly element: HTMLElement;
  readonly sound: SoundControl;
  private readonly hint: HTMLButtonElement;
  private readonly tray: MediaTray;
  private readonly time: TimeLeft;
  private readonly fullscreen: Fullscreen;
  private readonly machines = make('select', { hidden: true });
  private readonly controls: HTMLElement;
  private rest: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HTMLElement, actions: BarActions) {
    this.hint = makeButton('', () => actions.leaveMachine(), 'hint');
    this.tray = new MediaTray(actions.changeMedium);
    this.sound = new SoundControl(actions.listen);
    this.time = new TimeLeft(words => actions.speak(words));
    this.fullscreen = new Fullscreen(host);
    this.machines.setAttribute('aria-label', strings.machine);
    this.machines.addEventListener('change', () => actions.choose(Number(this.machines.value)));
    const reset = makeButton(strings.reset, () => actions.reset());
    reset.title = strings.resetHint;
    const leave = makeButton(strings.leave, () => actions.endSession());
    leave.title = strings.leaveSession;
    this.controls = make('div', { className: 'controls' }, this.machines, this.tray.disclosure.element, chordMenu(() => actions.input()).element,
      new SoftKeyboard(() => actions.input()).element, reset);
    const always = make('div', { className: 'always' }, this.sound.element, this.time.element, this.fullscreen.element, leave);
    this.element = make('div', { className: 'bar' }, this.hint, this.controls, always);
    this.element.setAttribute('role', 'group');
    this.element.setAttribute('aria-label', strings.toolbar);
    this.showHint(false, false);
  }

  show(session: SessionState, machine: Machine): void {
    const mayControl = session.role !== 'watch';
    this.controls.hidden = !mayControl;
    this.time.set(session.secondsLeft);
    this.sound.show(machine.sound);
    this.tray.show(machine);
    this.machines.hidden = session.machines.length < 2;
    if (this.machines.options.length !== session.machines.length) {
      this.machines.replaceChildren(...session.machines.map(each => makeOption(each.title || `${strings.machine} ${each.machine + 1}`, String(each.machine))));
    }
    this.machines.value = String(machine.machine);
  }

  /** What to do to get in, or, always in sight while in the machine, to get out. */
  showHint(isEntered: boolean, takesPointer: boolean): void {
    const way = isEntered ? (takesPointer ? strings.leaveHintPointer : strings.leaveHint)
      : matchMedia('(pointer: coarse)').matches ? strings.enterHintTouch : strings.enterHint;
    this.hint.textContent = way;
    this.hint.classList.toggle('out', isEntered);
    // Outside it is only words; inside, a finger can press it, since it has no Ctrl and Alt.
    this.hint.disabled = !isEntered;
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
    this.time.dispose();
    this.fullscreen.dispose();
  }
}
