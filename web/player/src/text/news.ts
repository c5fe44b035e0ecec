/** What is new on a screen for somebody who only hears it. */
export interface News {
  /** New or changed rows from the top, without blank ones. */
  readonly lines: readonly string[];
  /** Rows that came new at the bottom while the screen scrolled. */
  readonly scrolled: number;
}

/** At least so many rows that are not blank have to agree before a screen counts as scrolled. */
const leastAgreement = 2;

/** Tells what is new: rows that only moved up with the screen are not. */
export function findNews(before: readonly string[], now: readonly string[]): News {
  const scrolled = findScroll(before, now);
  const lines = now.filter((line, row) => line.trim() !== '' && line !== before[row + scrolled]);
  return { lines, scrolled };
}

/** By how many rows the screen scrolled up; 0 when it did not. */
function findScroll(before: readonly string[], now: readonly string[]): number {
  if (before.length !== now.length) return 0;
  let best = 0;
  let most = agreement(before, now, 0);
  for (let shift = 1; shift < now.length; shift++) {
    const agrees = agreement(before, now, shift);
    if (agrees >= leastAgreement && agrees > most) [best, most] = [shift, agrees];
  }
  return best;
}

/** How many rows that are not blank are the same once moved. */
function agreement(before: readonly string[], now: readonly string[], shift: number): number {
  let count = 0;
  for (let row = 0; row + shift < before.length; row++) if (before[row + shift] !== '' && before[row + shift] === now[row]) count++;
  return count;
}
