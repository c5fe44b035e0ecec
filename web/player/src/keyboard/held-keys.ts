import type { MachineInput } from '../input/machine-input';
import { keysymOf } from './keysyms';
import { scancodeOf } from './scancodes';

/** What the keyboard needs of a `KeyboardEvent`. */
export interface KeyStroke {
  readonly code: string;
  readonly key: string;
  readonly repeat: boolean;
}

/**
 * Sends key strokes to the machine and knows which keys it holds. The browser's repeats are sent as further downs, as a keyboard does;
 * those of modifiers are not, since keyboards do not repeat them either once another key was pressed.
 */
export class HeldKeys {
  private readonly held = new Map<string, number>();

  /** @param isApple macOS reports no release of keys held with Command, and Caps Lock as if it were a switch */
  constructor(private readonly input: MachineInput, private readonly isApple: boolean) {}

  down(stroke: KeyStroke): void {
    const scancode = scancodeOf(stroke.code);
    if (scancode === null) return;
    const keysym = keysymOf(stroke.key, stroke.code);
    if (this.isApple && stroke.code === 'CapsLock') return this.tap(scancode, keysym);
    if (this.held.has(stroke.code) && isModifier(stroke.code)) return;
    // The release has to carry the keysym of the press, though Shift may have changed the character in between.
    if (!this.held.has(stroke.code)) this.held.set(stroke.code, keysym);
    this.input.key(scancode, keysym, true);
  }

  up(stroke: KeyStroke): void {
    const scancode = scancodeOf(stroke.code);
    if (scancode === null) return;
    if (this.isApple && stroke.code === 'CapsLock') return this.tap(scancode, keysymOf(stroke.key, stroke.code));
    this.release(stroke.code, scancode);
    if (this.isApple && stroke.code.startsWith('Meta')) this.releaseOthers();
  }

  /** Forgets what is held and releases everything in the machine. */
  releaseAll(): void {
    this.held.clear();
    this.input.releaseAll();
  }

  private release(code: string, scancode: number): void {
    const keysym = this.held.get(code);
    // A release without a press: the press went elsewhere, before the machine was entered. Except Print Screen, which Windows only reports as released.
    if (keysym === undefined) {
      if (code === 'PrintScreen') this.tap(scancode, keysymOf(code, code));
      return;
    }
    this.held.delete(code);
    this.input.key(scancode, keysym, false);
  }

  private releaseOthers(): void {
    for (const code of [...this.held.keys()].filter(each => !isModifier(each))) this.release(code, scancodeOf(code)!);
  }

  private tap(scancode: number, keysym: number): void {
    this.input.key(scancode, keysym, true);
    this.input.key(scancode, keysym, false);
  }
}

function isModifier(code: string): boolean {
  return /^(Shift|Control|Alt|Meta|OS)(Left|Right)$/.test(code);
}
