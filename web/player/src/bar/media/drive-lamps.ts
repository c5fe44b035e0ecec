import { listOf, mapOf, textOf } from '../../connection/reading';

export type Lamp = 'idle' | 'works' | 'reads' | 'writes';

const everyInMilliseconds = 700;

/** What a guest does with its drives: asked for only while somebody looks, for disks as the difference of two answers. */
export class DriveLamps {
  private timer: ReturnType<typeof setInterval> | undefined;
  private before = new Map<string, { readonly reads: number; readonly writes: number }>();

  /** @param ask asks the worker; may reject @param show told the lamp of every drive after each answer */
  constructor(private readonly ask: () => Promise<unknown>, private readonly show: (lamps: ReadonlyMap<string, Lamp>) => void) {}

  start(): void {
    this.stop();
    this.timer = setInterval(() => void this.look(), everyInMilliseconds);
    void this.look();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.before.clear();
  }

  private async look(): Promise<void> {
    if (document.hidden) return;
    const answer = await this.ask().catch(() => null);
    if (this.timer === undefined) return;
    const lamps = new Map<string, Lamp>();
    for (const { bay, reads, writes, lit } of listOf(answer).map(mapOf)) {
      if (typeof reads !== 'number' || typeof writes !== 'number') continue;
      const last = this.before.get(textOf(bay));
      const used: Lamp = last === undefined ? 'idle' : writes > last.writes ? 'writes' : reads > last.reads ? 'reads' : 'idle';
      // Of floppies nobody counts what is read and written; their lamp is the drive's own.
      lamps.set(textOf(bay), used === 'idle' && lit === true ? 'works' : used);
      this.before.set(textOf(bay), { reads, writes });
    }
    this.show(lamps);
  }
}
