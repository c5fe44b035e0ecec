import { limitInSeconds, rate, targetInSeconds } from './format';

const stepInSeconds = 0.015;
const calmInSeconds = 20;

/** How much sound is gathered before it plays: the least there may be while it arrives evenly, more after each gap, less again after a calm while. */
export class Margin {
  private current: number;
  private calm = 0;

  /** @param least and most frames that are gathered */
  constructor(private readonly least: number, private readonly most: number) {
    this.current = least;
  }

  /** Half a limit at first, and never so much that the next message would reach the limit. */
  static ofSound(): Margin {
    return new Margin(targetInSeconds * rate, (limitInSeconds - stepInSeconds) * rate);
  }

  get frames(): number {
    return Math.round(this.current);
  }

  /** It broke off because nothing was there. */
  gap(): void {
    this.change(stepInSeconds);
  }

  played(frames: number): void {
    this.calm += frames;
    if (this.calm >= calmInSeconds * rate) this.change(-stepInSeconds / 3);
  }

  private change(seconds: number): void {
    this.calm = 0;
    this.current = Math.min(this.most, Math.max(this.least, this.current + seconds * rate));
  }
}
