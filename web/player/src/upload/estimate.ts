const WINDOW_IN_MS = 15_000;

/** How fast bytes have gone over the last quarter of a minute, and so how long the rest takes. */
export class Estimate {
  readonly #seen: { at: number; bytes: number }[] = [];

  /** @param bytes sent so far, of all files together */
  note(at: number, bytes: number): void {
    this.#seen.push({ at, bytes });
    while (this.#seen.length > 2 && at - this.#seen[0]!.at > WINDOW_IN_MS) {
      this.#seen.shift();
    }
  }

  /** Null until there is something to go by. */
  secondsFor(bytesLeft: number): number | null {
    const first = this.#seen[0];
    const last = this.#seen.at(-1);
    if (!first || !last || last.at === first.at || last.bytes <= first.bytes) {
      return null;
    }

    return bytesLeft / ((last.bytes - first.bytes) / (last.at - first.at)) / 1000;
  }
}
