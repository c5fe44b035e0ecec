import type { LinkKind, WatchLink } from '../../session/watch-links';

/** What the visitor can do about watching together. */
export interface WatchingActions {
  /** Says something to the hub. */
  send(method: string, ...values: unknown[]): void;
  /** Asks the hub; answers with words when it refused. */
  ask(method: string, ...values: unknown[]): Promise<string | null>;
  makeLink(kind: LinkKind): Promise<WatchLink>;
  listLinks(): Promise<WatchLink[]>;
  endLink(id: string): Promise<void>;
  endLinks(): Promise<void>;
  /** The visitor wants to point instead of using the machine, or no longer. */
  point(isPointing: boolean): void;
  speak(words: string): void;
}
