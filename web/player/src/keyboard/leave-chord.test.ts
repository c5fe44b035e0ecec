import { expect, test } from 'vitest';
import { LeaveChord } from './leave-chord';

const stroke = (code: string, repeat = false) => ({ code, key: '', repeat });

/** Plays "+Code" as down, "-Code" as up, "~Code" as a repeat, "*" as a mouse button; true when the last one completed the chord. */
function play(...acts: string[]): boolean {
  const chord = new LeaveChord();
  let isLeft = false;
  for (const act of acts) {
    const code = act.slice(1);
    if (act === '*') chord.spoil();
    else if (act[0] === '-') isLeft = chord.up(stroke(code));
    else chord.down(stroke(code, act[0] === '~'));
  }
  return isLeft;
}

test('Ctrl and Alt pressed and released leave', () => {
  expect(play('+ControlLeft', '+AltLeft', '-AltLeft', '-ControlLeft')).toBe(true);
  expect(play('+AltLeft', '+ControlRight', '-AltLeft', '-ControlRight')).toBe(true);
});

test('held keys that repeat still leave', () => {
  expect(play('+ControlLeft', '~ControlLeft', '+AltLeft', '~AltLeft', '-AltLeft', '-ControlLeft')).toBe(true);
});

test('another key in between makes it the machine\'s', () => {
  expect(play('+ControlLeft', '+AltLeft', '+Delete', '-Delete', '-AltLeft', '-ControlLeft')).toBe(false);
});

test('a mouse button in between makes it the machine\'s', () => {
  expect(play('+ControlLeft', '+AltLeft', '*', '-AltLeft', '-ControlLeft')).toBe(false);
});

test('AltGr, which Windows reports as Ctrl and right Alt, does not leave', () => {
  expect(play('+ControlLeft', '+AltRight', '-ControlLeft', '-AltRight')).toBe(false);
});

test('one after the other does not leave', () => {
  expect(play('+ControlLeft', '-ControlLeft', '+AltLeft', '-AltLeft')).toBe(false);
});

test('after a chord with another key the next one counts again', () => {
  expect(play('+ControlLeft', '+AltLeft', '+KeyA', '-KeyA', '-AltLeft', '-ControlLeft', '+ControlLeft', '+AltLeft', '-AltLeft', '-ControlLeft')).toBe(true);
});
