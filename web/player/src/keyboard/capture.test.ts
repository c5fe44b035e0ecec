import { afterEach, beforeEach, expect, test } from 'vitest';
import { RecordingInput } from '../testing/recording-input';
import { KeyboardCapture } from './capture';

let stage: HTMLElement;
let input: RecordingInput;
let capture: KeyboardCapture;
let mayEnter = true;

beforeEach(() => {
  mayEnter = true;
  stage = document.createElement('div');
  stage.tabIndex = 0;
  document.body.append(stage);
  input = new RecordingInput();
  capture = new KeyboardCapture(stage, input, () => mayEnter, () => {});
});
afterEach(() => {
  capture.dispose();
  stage.remove();
});

/** True when the page kept the key from the browser. */
function press(kind: 'keydown' | 'keyup', code: string): boolean {
  return !stage.dispatchEvent(new KeyboardEvent(kind, { code, key: '', bubbles: true, cancelable: true }));
}

test('outside, keys are the visitor\'s', () => {
  stage.focus();
  expect(press('keydown', 'Tab')).toBe(false);
  expect(input.log).toEqual([]);
});

test('Enter enters, and is not typed', () => {
  stage.focus();
  expect(press('keydown', 'Enter')).toBe(true);
  press('keyup', 'Enter');
  expect(capture.entered).toBe(true);
  expect(input.log).toEqual([]);
});

test('inside, every key goes to the machine and none to the browser', () => {
  capture.enter();
  expect([press('keydown', 'Tab'), press('keydown', 'F5'), press('keydown', 'Unidentified')]).toEqual([true, true, true]);
  expect(input.log).toEqual(['0f down', '3f down']);
});

test('the chord leaves, and the machine holds no key', () => {
  capture.enter();
  press('keydown', 'ControlLeft');
  press('keydown', 'AltLeft');
  press('keyup', 'AltLeft');
  press('keyup', 'ControlLeft');
  expect(capture.entered).toBe(false);
  expect(input.log.at(-1)).toBe('release all');
  expect(press('keydown', 'Tab')).toBe(false);
});

test.each([
  ['the screen loses the focus', () => stage.dispatchEvent(new FocusEvent('blur'))],
  ['the window loses the focus', () => window.dispatchEvent(new Event('blur'))],
  ['the page goes away', () => window.dispatchEvent(new Event('pagehide'))],
])('when %s, keys are released', (_, happen) => {
  capture.enter();
  press('keydown', 'KeyA');
  happen();
  expect(capture.entered).toBe(false);
  expect(input.log).toEqual(['1e down', 'release all']);
});

test('one who may not control cannot enter', () => {
  mayEnter = false;
  stage.focus();
  press('keydown', 'Enter');
  expect(capture.entered).toBe(false);
});
