import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { strings } from '../strings/en';
import { Announcer, announceInterval } from './announcer';
import type { MachineText } from './machine-text';

let said: string[];
let announcer: Announcer;
beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  announcer = new Announcer(words => said.push(words));
});
afterEach(() => { vi.useRealTimers(); });

function screen(lines: readonly string[], cursorRow: number | null = null): MachineText {
  return { columns: 80, lines: [...lines, ...Array<string>(25 - lines.length).fill('')], codePage: 'cp437', cursorRow, cursorColumn: 0 };
}

/** What a program that has printed so many lines shows. */
const printed = (count: number) => screen(Array.from({ length: count }, (_, i) => `line ${i}`).slice(-25));
const later = () => vi.advanceTimersByTime(announceInterval);

test('it begins with the row of the cursor', () => {
  announcer.hear(screen(['Welcome', '', 'A:\\>'], 2));
  expect(said).toEqual(['A:\\>']);
});

test('new rows are said, old ones are not', () => {
  announcer.hear(screen(['A:\\>']));
  later();
  announcer.hear(screen(['A:\\>ver', '', 'FreeDOS 1.3', '', 'A:\\>']));
  expect(said.slice(1)).toEqual(['A:\\>ver\nFreeDOS 1.3\nA:\\>']);
});

test('at most one announcement a second, with what came in between in it', () => {
  announcer.hear(screen(['a']));
  for (let i = 0; i < 9; i++) {
    announcer.hear(screen(['a', `step ${i}`]));
    vi.advanceTimersByTime(announceInterval / 10);
  }
  expect(said).toEqual(['a']);
  later();
  expect(said).toEqual(['a', 'step 8']);
});

test('a screen that scrolls says what came new at the bottom and repeats nothing', () => {
  announcer.hear(printed(25));
  later();
  announcer.hear(printed(27));
  expect(said.at(-1)).toBe('line 25\nline 26');
});

test('a flood is counted and its last rows are read', () => {
  announcer.hear(printed(25));
  later();
  announcer.hear(printed(45));
  expect(said.at(-1)).toBe([strings.newLines(20), 'line 42', 'line 43', 'line 44'].join('\n'));
});

test('when only the cursor moves to another row, that row is read', () => {
  announcer.hear(screen(['Start', 'Options', ''], 0));
  later();
  announcer.hear(screen(['Start', 'Options', ''], 1));
  later();
  announcer.hear(screen(['Start', 'Options', ''], 2));
  expect(said).toEqual(['Start', 'Options', strings.blankRow]);
});

test('the cursor that blinks out of sight says nothing', () => {
  announcer.hear(screen(['Start'], 0));
  later();
  announcer.hear(screen(['Start'], null));
  later();
  expect(said).toHaveLength(1);
});

test('a picture instead of text is told once', () => {
  announcer.hear(screen(['Start'], 0));
  later();
  announcer.hear(null);
  later();
  announcer.hear(null);
  expect(said).toEqual(['Start', strings.noTextNow]);
});

test('stopped, it says nothing more', () => {
  announcer.hear(screen(['a']));
  announcer.hear(screen(['b']));
  announcer.stop();
  vi.advanceTimersByTime(10 * announceInterval);
  expect(said).toEqual(['a']);
});
