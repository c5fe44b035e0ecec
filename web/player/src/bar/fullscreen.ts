import { strings } from '../strings/en';
import { Tool } from './tools';

interface KeyboardLock {
  lock(): Promise<void>;
  unlock(): void;
}

/** The full screen button. Where the browser gives no full screen to elements (phones), the player fills the window instead. */
export class Fullscreen {
  readonly element: HTMLButtonElement;
  private readonly tool = new Tool('fullscreen', strings.fullscreen, () => void this.toggle());
  private readonly stop = new AbortController();

  constructor(private readonly host: HTMLElement) {
    this.element = this.tool.button;
    document.addEventListener('fullscreenchange', () => this.changed(), { signal: this.stop.signal });
  }

  dispose(): void {
    this.stop.abort();
    this.host.removeAttribute('fills');
  }

  private get isOn(): boolean {
    return document.fullscreenElement === this.host || this.host.hasAttribute('fills');
  }

  private async toggle(): Promise<void> {
    if (document.fullscreenElement === this.host) return await document.exitFullscreen();
    if (this.host.hasAttribute('fills')) return this.fill(false);
    try {
      await this.host.requestFullscreen();
    } catch {
      // Missing or refused.
      this.fill(true);
    }
  }

  private fill(isOn: boolean): void {
    this.host.toggleAttribute('fills', isOn);
    this.changed();
  }

  private changed(): void {
    this.tool.show('fullscreen', this.isOn ? strings.leaveFullscreen : strings.fullscreen);
    // In full screen, browsers that can give the page all keys, Escape and Alt+Tab too. Holding Escape still leaves.
    const keyboard = (navigator as { keyboard?: Partial<KeyboardLock> }).keyboard;
    if (document.fullscreenElement !== this.host) return keyboard?.unlock?.();
    keyboard?.lock?.().catch(() => {
      // Refused: the keys are in the Keys panel as well.
    });
  }
}
