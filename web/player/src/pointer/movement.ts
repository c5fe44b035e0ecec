const furthest = 32_767;

export interface Step {
  readonly dx: number;
  readonly dy: number;
}

/** Adds up relative movement and gives it out in whole guest pixels; fractions stay for next time, so that slow movement is not lost. */
export class Movement {
  private x = 0;
  private y = 0;

  /** @param scaleX CSS pixels per guest pixel */
  add(dx: number, dy: number, scaleX: number, scaleY: number): void {
    this.x += scaleX > 0 ? dx / scaleX : dx;
    this.y += scaleY > 0 ? dy / scaleY : dy;
  }

  /** Takes out what is whole, in steps within the range of the protocol. */
  take(): Step[] {
    const steps: Step[] = [];
    for (;;) {
      const step = { dx: clamp(Math.trunc(this.x)), dy: clamp(Math.trunc(this.y)) };
      if (step.dx === 0 && step.dy === 0) return steps;
      this.x -= step.dx;
      this.y -= step.dy;
      // Minus zero would go over the wire as a fraction.
      steps.push({ dx: step.dx + 0, dy: step.dy + 0 });
    }
  }

  clear(): void {
    this.x = 0;
    this.y = 0;
  }
}

function clamp(value: number): number {
  return Math.max(-furthest, Math.min(furthest, value));
}
