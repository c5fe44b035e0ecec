export type Stuck = 'off' | 'next' | 'locked';

/**
 * Modifiers of a keyboard on which fingers press one key after the other: a tap holds one for the next key, a second tap holds it until a third.
 * The machine sees it held all the while, so that it also counts for a click of the mouse.
 */
export class StickyModifiers {
  private readonly states = new Map<string, Stuck>();

  /** @param press tells the machine @param changed told after each change, to show it */
  constructor(private readonly press: (code: string, isDown: boolean) => void, private readonly changed: (code: string, state: Stuck) => void) {}

  stateOf(code: string): Stuck {
    return this.states.get(code) ?? 'off';
  }

  tap(code: string): void {
    const before = this.stateOf(code);
    if (before === 'off') this.press(code, true);
    if (before === 'locked') this.press(code, false);
    this.set(code, before === 'off' ? 'next' : before === 'next' ? 'locked' : 'off');
  }

  /** Another key was pressed and let go: what was held for it is let go. */
  used(): void {
    this.release('next');
  }

  /** Lets go of all of them. */
  clear(): void {
    this.release('next', 'locked');
  }

  /** Everything was released in the machine already. */
  forget(): void {
    for (const code of [...this.states.keys()]) this.set(code, 'off');
  }

  private release(...states: readonly Stuck[]): void {
    for (const [code, state] of [...this.states]) {
      if (!states.includes(state)) continue;
      this.press(code, false);
      this.set(code, 'off');
    }
  }

  private set(code: string, state: Stuck): void {
    if (state === 'off') this.states.delete(code);
    else this.states.set(code, state);
    this.changed(code, state);
  }
}

export function isModifier(code: string): boolean {
  return /^(Shift|Control|Alt|Meta)(Left|Right)$/.test(code);
}
