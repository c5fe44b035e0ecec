import type { MachineInput } from '../input/machine-input';
import { chords, play } from '../keyboard/chords';
import { strings } from '../strings/en';
import { Disclosure } from './disclosure';
import { make, makeButton } from './elements';

/** The panel of keys that a browser keeps to itself, and that a phone does not have, and of text to be typed. */
export function chordMenu(input: () => MachineInput | null, paste: HTMLElement): Disclosure {
  const buttons = chords.map(({ label, codes }) => makeButton(label, () => {
    const machine = input();
    if (machine !== null) play(codes, machine);
  }));
  return new Disclosure('chord', strings.keys, make('div', {}, make('div', { className: 'chords' }, ...buttons), paste));
}
