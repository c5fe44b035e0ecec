import type { KeyStroke } from './held-keys';

/**
 * Recognises the one way out with the keyboard: Ctrl and the left Alt pressed and released with no other key in between.
 * AltGr does not count: Windows reports it as Ctrl and the right Alt.
 */
export class LeaveChord {
  private readonly held = new Set<string>();
  private isWhole = false;
  private isSpoilt = false;

  down(stroke: KeyStroke): void {
    if (stroke.repeat) return;
    this.held.add(stroke.code);
    if (!isPart(stroke.code)) this.isSpoilt = true;
    this.isWhole ||= this.held.has('AltLeft') && (this.held.has('ControlLeft') || this.held.has('ControlRight'));
  }

  /** True when this release completes the chord. */
  up(stroke: KeyStroke): boolean {
    this.held.delete(stroke.code);
    if (this.held.size > 0) return false;
    const isChord = this.isWhole && !this.isSpoilt;
    this.clear();
    return isChord;
  }

  /** Something else than a key was used meanwhile, such as a mouse button: these Ctrl and Alt are for the machine. */
  spoil(): void {
    if (this.held.size > 0) this.isSpoilt = true;
  }

  clear(): void {
    this.held.clear();
    this.isWhole = false;
    this.isSpoilt = false;
  }
}

function isPart(code: string): boolean {
  return code === 'AltLeft' || code === 'ControlLeft' || code === 'ControlRight';
}
