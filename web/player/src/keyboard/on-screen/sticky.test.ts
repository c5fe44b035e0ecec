import { beforeEach, expect, test } from 'vitest';
import { StickyModifiers } from './sticky';

let log: string[];
let sticky: StickyModifiers;
beforeEach(() => {
  log = [];
  sticky = new StickyModifiers((code, isDown) => log.push(`${code} ${isDown ? 'down' : 'up'}`), () => {});
});

test('tapped once it is held for one key', () => {
  sticky.tap('ShiftLeft');
  sticky.used();
  sticky.used();
  expect(log).toEqual(['ShiftLeft down', 'ShiftLeft up']);
});

test('tapped twice it is held until it is tapped again', () => {
  sticky.tap('ControlLeft');
  sticky.tap('ControlLeft');
  sticky.used();
  expect(sticky.stateOf('ControlLeft')).toBe('locked');
  expect(log).toEqual(['ControlLeft down']);
  sticky.tap('ControlLeft');
  expect(log).toEqual(['ControlLeft down', 'ControlLeft up']);
});

test('several are held together for one key', () => {
  sticky.tap('ControlLeft');
  sticky.tap('AltLeft');
  sticky.used();
  expect(log).toEqual(['ControlLeft down', 'AltLeft down', 'ControlLeft up', 'AltLeft up']);
});

test('what the machine released already is not released again', () => {
  sticky.tap('ShiftLeft');
  sticky.forget();
  sticky.clear();
  expect(log).toEqual(['ShiftLeft down']);
  expect(sticky.stateOf('ShiftLeft')).toBe('off');
});
