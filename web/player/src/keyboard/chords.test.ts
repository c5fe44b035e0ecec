import { expect, test } from 'vitest';
import { RecordingInput } from '../testing/recording-input';
import { chords, play } from './chords';
import { scancodeOf } from './scancodes';

test('keys of a chord are released in reverse', () => {
  const input = new RecordingInput();
  play(['ControlLeft', 'AltLeft', 'Delete'], input);
  expect(input.log).toEqual(['1d down', '38 down', 'd3 down', 'd3 up', '38 up', '1d up']);
});

test('every chord of the menu can be played', () => {
  expect(chords.flatMap(chord => chord.codes).filter(code => scancodeOf(code) === null)).toEqual([]);
});
