import { HeldKeys } from './held-keys';
import { LeaveChord } from './leave-chord';
import type { MachineInput } from '../input/machine-input';

/**
 * Gives the keyboard to the machine while the screen is entered, and back. It is entered only by an act of the visitor: Enter on the focused
 * screen here, a click by way of `enter`. It is left by the chord, when the focus goes elsewhere, and when the page is hidden.
 */
export class KeyboardCapture {
  private isEntered = false;
  private readonly keys: HeldKeys;
  private readonly chord = new LeaveChord();
  private readonly stop = new AbortController();

  /**
   * @param stage the focusable element that holds the screen
   * @param changed told at each entering and leaving
   */
  constructor(private readonly stage: HTMLElement, input: MachineInput, private readonly mayEnter: () => boolean, private readonly changed: (isEntered: boolean) => void) {
    this.keys = new HeldKeys(input, /Mac|iPhone|iPad/.test(navigator.platform));
    const { signal } = this.stop;
    stage.addEventListener('keydown', event => this.down(event), { signal });
    stage.addEventListener('keyup', event => this.up(event), { signal });
    stage.addEventListener('blur', () => this.leave(), { signal });
    window.addEventListener('blur', () => this.leave(), { signal });
    window.addEventListener('pagehide', () => this.leave(), { signal });
    document.addEventListener('visibilitychange', () => { if (document.hidden) this.leave(); }, { signal });
  }

  get entered(): boolean {
    return this.isEntered;
  }

  enter(): void {
    if (this.isEntered || !this.mayEnter()) return;
    this.stage.focus({ preventScroll: true });
    this.chord.clear();
    this.isEntered = true;
    this.changed(true);
  }

  leave(): void {
    if (!this.isEntered) return;
    this.isEntered = false;
    this.keys.releaseAll();
    this.changed(false);
  }

  /** A mouse button was pressed: Ctrl and Alt held with it are for the machine. */
  spoilChord(): void {
    this.chord.spoil();
  }

  dispose(): void {
    this.leave();
    this.stop.abort();
  }

  private down(event: KeyboardEvent): void {
    if (!this.isEntered) return this.downOutside(event);
    if (isPaste(event)) return this.letGoForPaste(event);
    keep(event);
    this.chord.down(event);
    this.keys.down(event);
  }

  /** The browser pastes; the Ctrl and Shift that came before must not be held in the machine while text is typed there. */
  private letGoForPaste(event: KeyboardEvent): void {
    if (event.repeat) return keep(event);
    event.stopPropagation();
    this.chord.spoil();
    this.keys.releaseAll();
  }

  private downOutside(event: KeyboardEvent): void {
    if (event.code !== 'Enter' && event.code !== 'NumpadEnter' || event.repeat || !this.mayEnter()) return;
    keep(event);
    this.enter();
  }

  private up(event: KeyboardEvent): void {
    if (!this.isEntered) return;
    keep(event);
    this.keys.up(event);
    if (this.chord.up(event)) this.leave();
  }
}

/** Ctrl+Shift+V pastes, as in terminals: Ctrl+V is the machine's own. */
function isPaste(event: KeyboardEvent): boolean {
  return event.code === 'KeyV' && event.shiftKey && (event.ctrlKey || event.metaKey) && !event.altKey;
}

function keep(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
