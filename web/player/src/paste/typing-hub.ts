import { strings } from '../strings/en';

/** Longest text that the service types at once. */
export const longestText = 10_000;

/** The hub's answers about typing, checked: `docs/session-hub.md`. */
export interface TypingPlan {
  readonly problem: string | null;
  readonly unknown: readonly string[];
  readonly byNumber: readonly string[];
}

export interface TypingProgress {
  readonly typed: number;
  readonly total: number;
  /** Null while it goes on. */
  readonly outcome: string | null;
  readonly unknown: readonly string[];
}

export function readPlan(answer: unknown): TypingPlan | null {
  if (typeof answer !== 'object' || answer === null) return null;
  const map = answer as Record<string, unknown>;
  return { problem: typeof map['problem'] === 'string' ? map['problem'] : null, unknown: textsOf(map['unknown']), byNumber: textsOf(map['byNumber']) };
}

export function readProgress(message: unknown): TypingProgress | null {
  if (typeof message !== 'object' || message === null) return null;
  const map = message as Record<string, unknown>;
  if (typeof map['typed'] !== 'number' || typeof map['total'] !== 'number') return null;
  return { typed: map['typed'], total: map['total'], outcome: typeof map['outcome'] === 'string' ? map['outcome'] : null, unknown: textsOf(map['unknown']) };
}

/** Why typing ended before its end. */
export function brokenOff({ outcome, typed, total }: TypingProgress): string {
  return (outcome === 'stuck' ? strings.pasteStuck : strings.pasteStopped)(typed, total);
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
