import { slotCount } from './format';

/** Which slots of the cell cache are taken, and which makes room next: a ring with a second chance for slots used since the hand last passed. */
export class CellSlots {
  private readonly used = new Uint8Array(slotCount);
  private hand = 0;
  /** Slots filled so far. */
  count = 0;

  use(slot: number): void {
    this.used[slot] = 1;
  }

  /** The slot for a new cell; what was in it is gone. */
  take(): number {
    while (this.used[this.hand] !== 0) {
      this.used[this.hand] = 0;
      this.hand = (this.hand + 1) & (slotCount - 1);
    }

    const slot = this.hand;
    this.hand = (this.hand + 1) & (slotCount - 1);
    this.count = Math.max(this.count, slot + 1);
    return slot;
  }

  reset(): void {
    this.used.fill(0);
    this.hand = 0;
    this.count = 0;
  }
}
