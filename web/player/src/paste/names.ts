/** A character as a person can tell it from others: itself and its number in Unicode, or the number alone where there is nothing to see. */
export function nameOf(character: string): string {
  const number = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return /^[\p{C}\p{Z}]/u.test(character) ? number : `${character} (${number})`;
}

const mostNames = 12;

/** A list of characters by name; beyond twelve the rest is counted. */
export function namesOf(characters: readonly string[]): string {
  const named = characters.slice(0, mostNames).map(nameOf).join(', ');
  return characters.length > mostNames ? `${named} … +${characters.length - mostNames}` : named;
}
