import { expect, test } from 'vitest';
import { RecordingInput } from '../testing/recording-input';
import { HeldKeys } from './held-keys';

const stroke = (code: string, repeat = false) => ({ code, key: '', repeat });

function keyboard(isApple = false) {
  const input = new RecordingInput();
  return { log: input.log, keys: new HeldKeys(input, isApple) };
}

test('a held letter is sent again and again', () => {
  const { keys, log } = keyboard();
  keys.down(stroke('KeyA'));
  keys.down(stroke('KeyA', true));
  keys.up(stroke('KeyA'));
  expect(log).toEqual(['1e down', '1e down', '1e up']);
});

test('a held Shift is sent once', () => {
  const { keys, log } = keyboard();
  keys.down(stroke('ShiftLeft'));
  keys.down(stroke('ShiftLeft', true));
  expect(log).toEqual(['2a down']);
});

test('the release of a key that was pressed before entering is not sent', () => {
  const { keys, log } = keyboard();
  keys.up(stroke('Enter'));
  expect(log).toEqual([]);
});

test('Print Screen reported only as released is a whole stroke', () => {
  const { keys, log } = keyboard();
  keys.up(stroke('PrintScreen'));
  expect(log).toEqual(['b7 down', 'b7 up']);
});

test('keys held with Command are released with it, since macOS does not tell', () => {
  const { keys, log } = keyboard(true);
  keys.down(stroke('MetaLeft'));
  keys.down(stroke('KeyC'));
  keys.up(stroke('MetaLeft'));
  expect(log).toEqual(['db down', '2e down', 'db up', '2e up']);
});

test('Caps Lock on macOS is a stroke each way', () => {
  const { keys, log } = keyboard(true);
  keys.down(stroke('CapsLock'));
  keys.up(stroke('CapsLock'));
  expect(log).toEqual(['3a down', '3a up', '3a down', '3a up']);
});

test('a key without a place on a PC keyboard is nothing', () => {
  const { keys, log } = keyboard();
  keys.down(stroke('Fn'));
  expect(log).toEqual([]);
});
