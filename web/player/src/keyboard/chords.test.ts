import { expect, test } from 'vitest';
import { RecordingInput } from '../testing/recording-input';
import { chords, play } from './chords';
import { scancodeOf } from './scancodes';
import { typeText } from './typed-text';

test('keys of a chord are released in reverse', () => {
  const input = new RecordingInput();
  play(['ControlLeft', 'AltLeft', 'Delete'], input);
  expect(input.log).toEqual(['1d down', '38 down', 'd3 down', 'd3 up', '38 up', '1d up']);
});

test('every chord of the menu can be played', () => {
  expect(chords.flatMap(chord => chord.codes).filter(code => scancodeOf(code) === null)).toEqual([]);
});

test('text is typed as on a US keyboard', () => {
  const input = new RecordingInput();
  typeText('a:\n', input);
  expect(input.log).toEqual(['1e down', '1e up', '2a down', '27 down', '27 up', '2a up', '1c down', '1c up']);
});

test('every printable ASCII character can be typed', () => {
  for (let code = 0x20; code < 0x7f; code++) {
    const input = new RecordingInput();
    typeText(String.fromCharCode(code), input);
    expect(input.log.length, String.fromCharCode(code)).toBeGreaterThan(0);
  }
});

test('characters that the keyboard does not have are left out', () => {
  const input = new RecordingInput();
  typeText('é漢', input);
  expect(input.log).toEqual([]);
});
