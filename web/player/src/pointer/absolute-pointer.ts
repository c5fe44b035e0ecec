import { buttonMask } from './buttons';
import { toGuest, type Position } from './mapping';
import type { MachinePointer, PointerSurface } from './pointer';
import { Wheel } from './wheel';

/**
 * A pointer that is where the visitor's is. Moves are sent once a picture frame, with the newest place; buttons at once.
 * For a machine without a pointer it only enters on a click.
 */
export class AbsolutePointer implements MachinePointer {
  private readonly stop = new AbortController();
  private readonly wheel = new Wheel();
  private at: Position = { x: 0, y: 0 };
  private buttons = 0;
  private isMoveDue = false;

  constructor(private readonly surface: PointerSurface, private readonly hasPointer: boolean) {
    const { signal } = this.stop;
    const { stage } = surface;
    stage.addEventListener('pointerdown', event => this.down(event), { signal });
    stage.addEventListener('pointermove', event => this.moved(event), { signal });
    stage.addEventListener('pointerup', event => this.changed(event), { signal });
    stage.addEventListener('pointercancel', () => this.releaseButtons(), { signal });
    stage.addEventListener('pointerleave', () => surface.hover(null), { signal });
    stage.addEventListener('wheel', event => this.wheeled(event), { signal, passive: false });
    stage.addEventListener('contextmenu', event => event.preventDefault(), { signal });
  }

  left(): void {
    // Leaving released everything in the machine already.
    this.buttons = 0;
    this.wheel.clear();
    this.surface.hover(null);
  }

  dispose(): void {
    this.stop.abort();
  }

  private down(event: PointerEvent): void {
    if (!this.surface.enter()) return;
    // The browser would move the focus, or begin to select or scroll.
    event.preventDefault();
    if (this.hasPointer) this.surface.stage.setPointerCapture(event.pointerId);
    this.changed(event);
  }

  /** A button changed: sent at once, with the place it happened at. */
  private changed(event: PointerEvent): void {
    if (!this.surface.isEntered() || !this.hasPointer) return;
    this.locate(event);
    this.buttons = buttonMask(event.buttons);
    this.send();
  }

  private moved(event: PointerEvent): void {
    if (!this.surface.isEntered() || !this.hasPointer) return;
    // While one button is held, the change of another comes as a move.
    if (buttonMask(event.buttons) !== this.buttons) return this.changed(event);
    this.locate(event);
    if (this.isMoveDue) return;
    this.isMoveDue = true;
    this.surface.nextFrame(() => {
      if (this.isMoveDue && this.surface.isEntered()) this.send();
      this.isMoveDue = false;
    });
  }

  private wheeled(event: WheelEvent): void {
    if (!this.surface.isEntered()) return;
    event.preventDefault();
    if (!this.hasPointer) return;
    for (const button of this.wheel.notches(event.deltaY, event.deltaMode)) {
      this.surface.input.point(this.at.x, this.at.y, this.buttons | button);
      this.surface.input.point(this.at.x, this.at.y, this.buttons);
    }
  }

  private locate(event: PointerEvent): void {
    const place = { x: event.clientX, y: event.clientY };
    this.at = toGuest(place, this.surface.picture(), this.surface.guest());
    this.surface.hover(event.pointerType === 'touch' ? null : this.at);
  }

  private releaseButtons(): void {
    if (this.buttons === 0) return;
    this.buttons = 0;
    this.send();
  }

  private send(): void {
    this.isMoveDue = false;
    this.surface.input.point(this.at.x, this.at.y, this.buttons);
  }
}
