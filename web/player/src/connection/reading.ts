/** Reads pieces of a message that may hold anything. What is not as expected becomes the harmless value. */

export function mapOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function countOf(value: unknown, otherwise = 0): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : otherwise;
}

export function oneOf<T extends string, D>(value: unknown, allowed: readonly T[], otherwise: D): T | D {
  return allowed.find(each => each === value) ?? otherwise;
}
