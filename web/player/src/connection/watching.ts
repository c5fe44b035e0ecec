import { countOf, listOf, mapOf, oneOf, textOf } from './reading';

/** Who watches a session: the `watching` map of `docs/session-hub.md`, checked. */
export interface Watching {
  readonly watchers: number;
  /** Holds the session's key, whoever has the controls now. */
  readonly isOwner: boolean;
  readonly isTour: boolean;
  /** The visitor's own number among the watchers; 0 for an owner. */
  readonly number: number;
  readonly wish: Wish;
  /** Number of the watcher who has the controls, or null while the owner has them. */
  readonly guest: number | null;
  /** Everybody who watches; only an owner is told. */
  readonly people: readonly Person[];
}

export type Wish = 'none' | 'asking' | 'offered' | 'refused';

export interface Person {
  readonly number: number;
  readonly name: string;
  readonly wish: Wish;
  /** Id of the link this person came by. */
  readonly link: string | null;
}

const wishes = ['none', 'asking', 'offered', 'refused'] as const;

export function readWatching(value: unknown): Watching {
  const map = mapOf(value);
  return {
    watchers: countOf(map['watchers']),
    isOwner: map['isOwner'] === true,
    isTour: map['isTour'] === true,
    number: countOf(map['number']),
    wish: oneOf(map['wish'], wishes, 'none'),
    guest: typeof map['guest'] === 'number' ? map['guest'] : null,
    people: listOf(map['people']).map(mapOf).map(person => ({
      number: countOf(person['number']), name: textOf(person['name']), wish: oneOf(person['wish'], wishes, 'none'),
      link: typeof person['link'] === 'string' ? person['link'] : null,
    })),
  };
}
