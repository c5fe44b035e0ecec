import { readInputChoices, type InputChoices } from './input-choices';
import { listOf, mapOf, oneOf, textOf } from './reading';
import { readWatching, type Watching } from './watching';

/** What the worker says about a session: the map of `docs/session-hub.md`, checked. */
export interface SessionState {
  readonly state: 'queued' | 'starting' | 'running' | 'ended';
  readonly reason: string | null;
  readonly message: string;
  readonly role: 'control' | 'watch' | 'guide';
  /** Whole seconds until the time limit, or null when there is none. */
  readonly secondsLeft: number | null;
  readonly viewers: number;
  readonly watching: Watching;
  readonly input: InputChoices;
  readonly machines: readonly Machine[];
}

export interface Machine {
  readonly machine: number;
  readonly title: string;
  readonly pointer: 'none' | 'relative' | 'absolute';
  /** Width of a pixel over its height, by guest mode such as "640x200". */
  readonly pixelAspect: Readonly<Record<string, number>>;
  readonly sound: boolean;
  /** Whether the text of its screen can be read. */
  readonly text: boolean;
  /** Whether it has a parallel port, and what is printed there is kept. */
  readonly printer: boolean;
  /** Which keyboard stood before such a machine. */
  readonly keyboard: 'xt' | 'at';
  /** Keyboard that its software takes for granted, one of `layouts`. */
  readonly layout: string;
  readonly layouts: readonly Layout[];
  readonly bays: readonly Bay[];
  readonly shelf: readonly ShelfMedium[];
}

export interface Bay {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly removable: boolean;
  /** SHA-256 of the medium inside, or null when the bay is empty. */
  readonly medium: string | null;
  /** What is written on it; empty for none. */
  readonly label: string;
  /** Of floppies that it takes, such as "3.5"; null for what is no floppy drive. */
  readonly inches: string | null;
  readonly isProtected: boolean;
}

export interface Layout {
  readonly id: string;
  readonly title: string;
}

export interface ShelfMedium {
  readonly medium: string;
  readonly label: string;
  readonly kind: string;
  /** Why it does not go in a bay, by bay. */
  readonly misfits: Readonly<Record<string, string>>;
}

/** Reads a `state` message; null when it is not one. Missing details get the harmless value, so that an older player meets a newer worker well. */
export function readSessionState(message: unknown): SessionState | null {
  const map = mapOf(message);
  const state = oneOf(map['state'], ['queued', 'starting', 'running', 'ended'] as const, null);
  if (state === null) return null;
  return {
    state,
    reason: typeof map['reason'] === 'string' ? map['reason'] : null,
    message: textOf(map['message']),
    role: oneOf(map['role'], ['control', 'watch', 'guide'] as const, 'watch'),
    secondsLeft: typeof map['secondsLeft'] === 'number' ? Math.max(0, map['secondsLeft']) : null,
    viewers: typeof map['viewers'] === 'number' ? map['viewers'] : 1,
    watching: readWatching(map['watching']),
    input: readInputChoices(map['input']),
    machines: listOf(map['machines']).map(readMachine),
  };
}

function readMachine(value: unknown): Machine {
  const map = mapOf(value);
  return {
    machine: typeof map['machine'] === 'number' ? map['machine'] : 0,
    title: textOf(map['title']),
    pointer: oneOf(map['pointer'], ['none', 'relative', 'absolute'] as const, 'none'),
    pixelAspect: readAspects(map['pixelAspect']),
    sound: map['sound'] === true,
    text: map['text'] === true,
    printer: map['printer'] === true,
    keyboard: oneOf(map['keyboard'], ['xt', 'at'] as const, 'at'),
    layout: textOf(map['layout']),
    layouts: listOf(map['layouts']).map(mapOf).map(layout => ({ id: textOf(layout['id']), title: textOf(layout['title']) })),
    bays: listOf(map['bays']).map(mapOf).map(bay => ({
      id: textOf(bay['id']), title: textOf(bay['title']), kind: textOf(bay['kind']), removable: bay['removable'] === true,
      medium: typeof bay['medium'] === 'string' ? bay['medium'] : null, label: textOf(bay['label']),
      inches: typeof bay['inches'] === 'string' ? bay['inches'] : null, isProtected: bay['protected'] === true,
    })),
    shelf: listOf(map['shelf']).map(mapOf).map(medium => ({
      medium: textOf(medium['medium']), label: textOf(medium['label']), kind: textOf(medium['kind']),
      misfits: Object.fromEntries(Object.entries(mapOf(medium['misfits'])).map(([bay, why]) => [bay, textOf(why)])),
    })),
  };
}

function readAspects(value: unknown): Record<string, number> {
  const sane = Object.entries(mapOf(value)).filter((entry): entry is [string, number] =>
    typeof entry[1] === 'number' && entry[1] >= 0.1 && entry[1] <= 10);
  return Object.fromEntries(sane);
}
