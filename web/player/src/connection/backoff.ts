const firstInMilliseconds = 250;
const longestInMilliseconds = 5_000;

/**
 * How long to wait before the next attempt, in milliseconds: 250, 500, 1000, ... at most 5000, each less a random
 * quarter, so that a hall full of players does not come back all at once.
 * @param attempt 0 for the first attempt after the connection was lost
 * @param random from 0 to 1
 */
export function backoff(attempt: number, random: number): number {
  const whole = Math.min(longestInMilliseconds, firstInMilliseconds * 2 ** Math.min(attempt, 10));
  return Math.round(whole * (1 - random / 4));
}
