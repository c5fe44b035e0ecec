import { strings } from '../strings/en';
import { namesOf } from './names';
import { brokenOff, longestText, type TypingProgress } from './typing-hub';

export interface LiveTypingActions {
  /** Asks the hub to type a text for the machine in sight; undefined when the connection is lost, else why it does not begin, or null. */
  type(text: string): Promise<unknown>;
  /** Says what went wrong. */
  say(words: string): void;
}

/**
 * Types letter by letter, for keyboards on glass, which tell no keys; a backspace is the Backspace key, a line feed Enter. Types in order what comes in small pieces: the service takes one text at a time, so that what comes while it types waits here and goes as
 * one. Which keys make a character, the machine's own layout says, in the service.
 */
export class LiveTyping {
  private waiting = '';
  private isTyping = false;
  /** Counts the connections: an answer that comes over an old one has nothing to say any more. */
  private connection = 0;

  constructor(private readonly actions: LiveTypingActions) {}

  /** What does not fit behind a machine that takes no keys is left out, and said. */
  type(text: string): void {
    const room = longestText - this.waiting.length;
    if (text.length > room) this.actions.say(strings.pasteTooLong(this.waiting.length + text.length, longestText));
    this.waiting += text.slice(0, room);
    void this.next();
  }

  /** A `typing` message; true when it was about what is typed here. */
  hear(progress: TypingProgress): boolean {
    if (!this.isTyping) return false;
    if (progress.outcome === null) return true;
    this.isTyping = false;
    if (progress.outcome !== 'typed') this.giveUp(brokenOff(progress));
    else if (progress.unknown.length > 0) this.actions.say(`${strings.leftOut} ${namesOf(progress.unknown)}`);
    void this.next();
    return true;
  }

  /** The connection is new: what was being typed stopped with the old one. */
  forget(): void {
    this.connection++;
    this.isTyping = false;
    this.waiting = '';
  }

  private async next(): Promise<void> {
    if (this.isTyping || this.waiting === '') return;
    const text = this.waiting;
    this.waiting = '';
    this.isTyping = true;
    const { connection } = this;
    const problem = await this.actions.type(text);
    if (problem === null || connection !== this.connection) return;
    this.isTyping = false;
    this.giveUp(typeof problem === 'string' ? problem : strings.pasteNoAnswer);
  }

  private giveUp(words: string): void {
    this.waiting = '';
    this.actions.say(words);
  }
}
