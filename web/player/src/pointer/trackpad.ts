import { Button } from './buttons';
import type { Position } from './mapping';

/** What a finger did. `buttons` is the mask from now on. */
export type TrackpadAct =
  | { readonly kind: 'move'; readonly dx: number; readonly dy: number }
  | { readonly kind: 'buttons'; readonly buttons: number };

const tapInMilliseconds = 250;
const tapWithinPixels = 8;

/**
 * Uses the screen as a touch pad: dragging moves the pointer, a tap clicks, a tap with two fingers clicks right, a tap followed at once by
 * a drag holds the left button meanwhile. For touch, and for a mouse where the page may not lock it.
 */
export class Trackpad {
  private readonly fingers = new Map<number, Position>();
  private most = 0;
  private travelled = 0;
  private since = 0;
  private lastTap = -Infinity;
  private isDragging = false;

  constructor(private readonly act: (act: TrackpadAct) => void) {}

  down(finger: number, at: Position, now: number): void {
    if (this.fingers.size === 0) {
      this.most = 0;
      this.travelled = 0;
      this.since = now;
    }
    this.fingers.set(finger, at);
    this.most = Math.max(this.most, this.fingers.size);
    if (this.most === 1 && now - this.lastTap < tapInMilliseconds) this.hold();
  }

  move(finger: number, at: Position): void {
    const before = this.fingers.get(finger);
    if (before === undefined) return;
    this.fingers.set(finger, at);
    const dx = at.x - before.x;
    const dy = at.y - before.y;
    this.travelled += Math.hypot(dx, dy);
    // With two fingers down each would move the pointer: only the first does.
    if (this.fingers.keys().next().value === finger) this.act({ kind: 'move', dx, dy });
  }

  up(finger: number, now: number): void {
    if (!this.fingers.delete(finger) || this.fingers.size > 0) return;
    const isTap = now - this.since < tapInMilliseconds && this.travelled < tapWithinPixels;
    if (this.isDragging) this.letGo();
    else if (isTap) this.tap(this.most === 1 ? Button.left : Button.right, now);
  }

  /** Everything is let go of: the machine was left. */
  clear(): void {
    this.fingers.clear();
    this.isDragging = false;
    this.lastTap = -Infinity;
  }

  private tap(button: number, now: number): void {
    this.act({ kind: 'buttons', buttons: button });
    this.act({ kind: 'buttons', buttons: 0 });
    this.lastTap = button === Button.left ? now : -Infinity;
  }

  private hold(): void {
    this.isDragging = true;
    this.act({ kind: 'buttons', buttons: Button.left });
  }

  private letGo(): void {
    this.isDragging = false;
    this.lastTap = -Infinity;
    this.act({ kind: 'buttons', buttons: 0 });
  }
}
