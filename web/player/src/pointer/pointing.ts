import type { Size } from '../screen/fit';
import { toGuest, type Position } from './mapping';

/** Where pointing happens. */
export interface PointingSurface {
  readonly stage: HTMLElement;
  picture(): DOMRect;
  guest(): Size;
}

/**
 * While it is on, the visitor's pointer shows others a place of the screen instead of going to the machine. Moves are told once a picture
 * frame; with the arrow keys the place moves by steps.
 */
export class Pointing {
  private readonly stop = new AbortController();
  private at: Position | null = null;
  private isDue = false;

  constructor(private readonly surface: PointingSurface, private readonly tell: (at: Position | null) => void) {
    const { stage } = surface;
    // Before anybody else sees it: the machine's own pointer gets nothing.
    const listener = { signal: this.stop.signal, capture: true };
    for (const kind of ['pointerdown', 'pointermove'] as const) stage.addEventListener(kind, event => this.moved(event), listener);
    for (const kind of ['pointerup', 'click', 'contextmenu', 'wheel'] as const) stage.addEventListener(kind, swallow, { ...listener, passive: false });
    stage.addEventListener('pointerleave', () => this.show(null), listener);
    stage.addEventListener('keydown', event => this.pressed(event), listener);
  }

  dispose(): void {
    this.stop.abort();
    this.show(null);
  }

  private moved(event: PointerEvent): void {
    swallow(event);
    this.show(toGuest({ x: event.clientX, y: event.clientY }, this.surface.picture(), this.surface.guest()));
  }

  private pressed(event: KeyboardEvent): void {
    const step = steps[event.key];
    if (step === undefined) {
      if (event.key === 'Enter') swallow(event);
      return;
    }
    swallow(event);
    const guest = this.surface.guest();
    const from = this.at ?? { x: guest.width >> 1, y: guest.height >> 1 };
    const size = event.shiftKey ? 4 : 16;
    this.show({ x: within(from.x + step[0] * size, guest.width), y: within(from.y + step[1] * size, guest.height) });
  }

  private show(at: Position | null): void {
    this.at = at;
    if (at === null) return this.tell(null);
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      if (this.at !== null) this.tell(this.at);
    });
  }
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};

function swallow(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function within(value: number, length: number): number {
  return Math.max(0, Math.min(length - 1, value));
}
