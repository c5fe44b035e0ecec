/** Counts the grace period down, second by second. */
export class Countdown {
  private deadline: number | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly lengthInSeconds: number, private readonly tick: (secondsLeft: number) => void) {}

  /** Starts, unless it is already counting. */
  start(): void {
    if (this.deadline !== null) return;
    this.deadline = Date.now() + this.lengthInSeconds * 1000;
    this.timer = setInterval(() => this.tell(), 1000);
    this.tell();
  }

  restart(): void {
    this.stop();
    this.start();
  }

  stop(): void {
    clearInterval(this.timer);
    this.deadline = null;
  }

  get isOver(): boolean {
    return this.deadline !== null && this.leftInMilliseconds === 0;
  }

  get leftInMilliseconds(): number {
    return this.deadline === null ? 0 : Math.max(0, this.deadline - Date.now());
  }

  private tell(): void {
    this.tick(Math.ceil(this.leftInMilliseconds / 1000));
  }
}
