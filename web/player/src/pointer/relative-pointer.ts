import { buttonMask } from './buttons';
import { Movement } from './movement';
import type { MachinePointer, PointerSurface } from './pointer';
import { Trackpad } from './trackpad';
import { Wheel } from './wheel';

/**
 * A pointer that only knows how far it moved. A mouse is locked to the screen while the visitor is in the machine; a finger, and a mouse
 * that may not be locked, use the screen as a touch pad.
 */
export class RelativePointer implements MachinePointer {
  private readonly stop = new AbortController();
  private readonly movement = new Movement();
  private readonly wheel = new Wheel();
  private readonly trackpad: Trackpad;
  private buttons = 0;
  private isMoveDue = false;
  private mayLock = true;
  private hasLocked = false;

  constructor(private readonly surface: PointerSurface) {
    this.trackpad = new Trackpad(act => act.kind === 'move' ? this.moveBy(act.dx, act.dy) : this.press(act.buttons));
    const { signal } = this.stop;
    const { stage } = surface;
    stage.addEventListener('pointerdown', event => this.down(event), { signal });
    stage.addEventListener('pointermove', event => this.moved(event), { signal });
    stage.addEventListener('pointerup', event => this.up(event), { signal });
    stage.addEventListener('pointercancel', event => this.up(event), { signal });
    stage.addEventListener('wheel', event => this.wheeled(event), { signal, passive: false });
    stage.addEventListener('contextmenu', event => event.preventDefault(), { signal });
    document.addEventListener('pointerlockerror', () => this.cannotLock(), { signal });
    document.addEventListener('pointerlockchange', () => this.lockChanged(), { signal });
  }

  left(): void {
    this.buttons = 0;
    this.movement.clear();
    this.wheel.clear();
    this.trackpad.clear();
    if (this.isLocked) document.exitPointerLock();
  }

  dispose(): void {
    this.left();
    this.stop.abort();
  }

  private get isLocked(): boolean {
    // Inside a shadow tree the document names only the host; the tree's own root names the element.
    const root = this.surface.stage.getRootNode() as Document | ShadowRoot;
    return (root.pointerLockElement ?? null) === this.surface.stage;
  }

  private down(event: PointerEvent): void {
    const wasEntered = this.surface.isEntered();
    if (!this.surface.enter()) return;
    event.preventDefault();
    if (event.pointerType === 'touch' || !this.mayLock) {
      this.surface.usesTrackpad();
      this.surface.stage.setPointerCapture(event.pointerId);
      this.trackpad.down(event.pointerId, { x: event.clientX, y: event.clientY }, event.timeStamp);
    } else if (!this.isLocked) {
      this.lock();
    } else if (wasEntered) {
      this.press(buttonMask(event.buttons));
    }
  }

  private moved(event: PointerEvent): void {
    if (!this.surface.isEntered()) return;
    if (!this.isLocked) return this.trackpad.move(event.pointerId, { x: event.clientX, y: event.clientY });
    const buttons = buttonMask(event.buttons);
    this.moveBy(event.movementX, event.movementY);
    if (buttons !== this.buttons) this.press(buttons);
  }

  private up(event: PointerEvent): void {
    if (this.isLocked) this.press(buttonMask(event.buttons));
    else this.trackpad.up(event.pointerId, event.timeStamp);
  }

  private wheeled(event: WheelEvent): void {
    if (!this.surface.isEntered()) return;
    event.preventDefault();
    for (const button of this.wheel.notches(event.deltaY, event.deltaMode)) {
      this.surface.input.move(0, 0, this.buttons | button);
      this.surface.input.move(0, 0, this.buttons);
    }
  }

  private moveBy(dx: number, dy: number): void {
    const picture = this.surface.picture();
    const guest = this.surface.guest();
    this.movement.add(dx, dy, picture.width / guest.width, picture.height / guest.height);
    if (this.isMoveDue) return;
    this.isMoveDue = true;
    this.surface.nextFrame(() => this.flush());
  }

  /** Buttons change where the pointer is now: what it moved before goes first. */
  private press(buttons: number): void {
    if (!this.surface.isEntered() || buttons === this.buttons) return;
    this.flush();
    this.buttons = buttons;
    this.surface.input.move(0, 0, buttons);
  }

  private flush(): void {
    this.isMoveDue = false;
    if (!this.surface.isEntered()) return;
    for (const { dx, dy } of this.movement.take()) this.surface.input.move(dx, dy, this.buttons);
  }

  private lock(): void {
    const { stage } = this.surface;
    if (typeof stage.requestPointerLock !== 'function') return this.cannotLock();
    // Older browsers answer with events only, newer ones with a promise as well.
    const asked = stage.requestPointerLock() as Promise<void> | undefined;
    asked?.catch(() => {
      // The event tells the same.
    });
  }

  private cannotLock(): void {
    // Right after leaving with Escape, Chromium refuses for a second: no reason to give up for good.
    if (this.hasLocked) return;
    this.mayLock = false;
    this.surface.usesTrackpad();
  }

  private lockChanged(): void {
    this.hasLocked ||= this.isLocked;
    if (this.isLocked || this.buttons === 0) return;
    this.press(0);
  }
}
