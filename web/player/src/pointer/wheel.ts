import { Button } from './buttons';

const pixelsPerNotch = 100;
const linesPerNotch = 3;
/** A touch pad's fling must not become a storm of clicks. */
const mostNotchesAtOnce = 5;

/** Turns wheel movement, which comes in pixels, lines or pages, into whole notches of a PC mouse's wheel. */
export class Wheel {
  private rest = 0;

  /** The button to pulse for each notch, up or down. */
  notches(delta: number, mode: number): readonly number[] {
    this.rest += mode === 0 ? delta / pixelsPerNotch : mode === 1 ? delta / linesPerNotch : delta;
    const whole = Math.trunc(this.rest);
    this.rest -= whole;
    return Array.from({ length: Math.min(Math.abs(whole), mostNotchesAtOnce) }, () => whole < 0 ? Button.wheelUp : Button.wheelDown);
  }

  clear(): void {
    this.rest = 0;
  }
}
