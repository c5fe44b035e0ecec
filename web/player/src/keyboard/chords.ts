import type { MachineInput } from '../input/machine-input';
import { strings } from '../strings/en';
import { keysymOf } from './keysyms';
import { scancodeOf } from './scancodes';

/** Keys that are pressed in order and released in reverse; for those that a browser or the visitor's own system keeps to itself. */
export interface Chord {
  readonly label: string;
  /** `KeyboardEvent.code` of each key. */
  readonly codes: readonly string[];
}

const words = strings.chords;

export const chords: readonly Chord[] = [
  { label: words.ctrlAltDelete, codes: ['ControlLeft', 'AltLeft', 'Delete'] },
  { label: words.ctrlC, codes: ['ControlLeft', 'KeyC'] },
  { label: words.ctrlBreak, codes: ['ControlLeft', 'Pause'] },
  { label: words.altTab, codes: ['AltLeft', 'Tab'] },
  { label: words.altF4, codes: ['AltLeft', 'F4'] },
  { label: words.escape, codes: ['Escape'] },
  { label: words.printScreen, codes: ['PrintScreen'] },
  { label: words.pause, codes: ['Pause'] },
  { label: words.meta, codes: ['MetaLeft'] },
  { label: words.menu, codes: ['ContextMenu'] },
  ...Array.from({ length: 12 }, (_, i) => ({ label: `F${i + 1}`, codes: [`F${i + 1}`] })),
];

/** Presses and releases the keys of a chord. */
export function play(codes: readonly string[], input: MachineInput): void {
  hold(codes, input, true);
  hold(codes, input, false);
}

/** Presses the keys of a chord in order, or releases them in reverse. Names that are no keys are passed over. */
export function hold(codes: readonly string[], input: MachineInput, isDown: boolean): void {
  for (const code of isDown ? codes : [...codes].reverse()) {
    const scancode = scancodeOf(code);
    if (scancode !== null) input.key(scancode, keysymOf(keyNameOf(code), code), isDown);
  }
}

function keyNameOf(code: string): string {
  return code.replace(/^Key([A-Z])$/, (_, letter: string) => letter.toLowerCase()).replace(/(?<=.)(Left|Right)$/, '');
}
