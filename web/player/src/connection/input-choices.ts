import { listOf, mapOf, oneOf, textOf } from './reading';

/** What the curator of the exhibit chose for the hands of visitors: the `input` map of `docs/session-hub.md`, checked. */
export interface InputChoices {
  readonly keyboard: 'xt' | 'at' | null;
  readonly quickKeys: readonly QuickKey[];
  /** Null for the usual one. */
  readonly gamepad: GamepadChoice | null;
}

export interface QuickKey {
  readonly label: string;
  /** `KeyboardEvent.code` of each key. */
  readonly codes: readonly string[];
}

export interface GamepadChoice {
  readonly stick: 'cursor' | 'numpad' | 'mouse' | 'none';
  /** For each button what it holds down; `MouseLeft` and `MouseRight` are no keys. */
  readonly buttons: readonly (readonly string[])[];
}

const mostQuickKeys = 12;

export function readInputChoices(value: unknown): InputChoices {
  const map = mapOf(value);
  return {
    keyboard: oneOf(map['keyboard'], ['xt', 'at'] as const, null),
    quickKeys: listOf(map['quickKeys']).map(mapOf).slice(0, mostQuickKeys).map(key => ({ label: textOf(key['label']), codes: textsOf(key['codes']) })),
    gamepad: typeof map['gamepad'] === 'object' && map['gamepad'] !== null ? readGamepad(mapOf(map['gamepad'])) : null,
  };
}

function readGamepad(map: Record<string, unknown>): GamepadChoice {
  return {
    stick: oneOf(map['stick'], ['cursor', 'numpad', 'mouse', 'none'] as const, 'none'),
    buttons: listOf(map['buttons']).map(textsOf),
  };
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((each): each is string => typeof each === 'string');
}
