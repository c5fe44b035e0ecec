import type { MachineInput } from '../input/machine-input';
import { play } from './chords';

const plain = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./ \t\n";
const shifted = '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?';
const codes = [
  'Backquote', ...[...'1234567890'].map(digit => `Digit${digit}`), 'Minus', 'Equal',
  ...[...'QWERTYUIOP'].map(letter => `Key${letter}`), 'BracketLeft', 'BracketRight', 'Backslash',
  ...[...'ASDFGHJKL'].map(letter => `Key${letter}`), 'Semicolon', 'Quote',
  ...[...'ZXCVBNM'].map(letter => `Key${letter}`), 'Comma', 'Period', 'Slash', 'Space', 'Tab', 'Enter',
];

/**
 * Types text on the machine's keyboard as if it were a US one, for keyboards on glass, which tell no key codes.
 * Characters that a US keyboard does not have are left out.
 */
export function typeText(text: string, input: MachineInput): void {
  for (const character of text) {
    const atPlain = plain.indexOf(character);
    const atShifted = shifted.indexOf(character);
    if (atPlain >= 0) play([codes[atPlain]!], input);
    else if (atShifted >= 0) play(['ShiftLeft', codes[atShifted]!], input);
  }
}
