import { strings } from '../strings/en';
import type { MachineText } from './machine-text';
import { findNews } from './news';

/** Shortest time between two announcements, in milliseconds. */
export const announceInterval = 1_000;

/** More new rows than this are counted, and only the last of them read. */
const mostLines = 8;
const readOfMany = 3;

/**
 * Says what is new on a machine's screen, in turn: at most once a second, changes in between merged, so that a program that prints a
 * thousand lines is heard as one sentence and the last of them.
 */
export class Announcer {
  private said: MachineText | null = null;
  private now: MachineText | null = null;
  private isNew = true;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private rests = false;

  /** @param say given the words of one announcement */
  constructor(private readonly say: (words: string) => void) {}

  /** The screen changed; null when it shows no text any more. */
  hear(text: MachineText | null): void {
    this.now = text;
    if (!this.rests) this.announce();
  }

  /** Forgets what was said, and says no more. */
  stop(): void {
    clearTimeout(this.timer);
    this.rests = false;
    this.isNew = true;
    this.said = this.now = null;
  }

  private announce(): void {
    const words = this.words();
    this.said = this.now;
    this.isNew = false;
    if (words === '') return;
    this.say(words);
    this.rests = true;
    this.timer = setTimeout(() => {
      this.rests = false;
      this.announce();
    }, announceInterval);
  }

  private words(): string {
    if (this.now === null) return this.said === null && !this.isNew ? '' : strings.noTextNow;
    if (this.said === null) return lineOfCursor(this.now) ?? strings.emptyScreen;
    const { lines } = findNews(this.said.lines, this.now.lines);
    if (lines.length === 0) return this.cursorWords(this.said, this.now);
    if (lines.length <= mostLines) return lines.map(line => line.trim()).join('\n');
    return [strings.newLines(lines.length), ...lines.slice(-readOfMany).map(line => line.trim())].join('\n');
  }

  /** Nothing is new, but the cursor may have gone to another row, as in a menu or an editor. */
  private cursorWords(before: MachineText, now: MachineText): string {
    if (now.cursorRow === null || before.cursorRow === null || now.cursorRow === before.cursorRow) return '';
    return now.lines[now.cursorRow]!.trim() || strings.blankRow;
  }
}

function lineOfCursor(text: MachineText): string | null {
  const line = text.cursorRow === null ? undefined : text.lines[text.cursorRow];
  return line?.trim() || [...text.lines].reverse().find(each => each.trim() !== '')?.trim() || null;
}
