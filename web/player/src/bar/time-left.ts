import { strings } from '../strings/en';
import { make } from './elements';

/** Spoken once each when the time passes them, in seconds. */
const warnings = [300, 60];

/** The time left of the visitor's turn: counted down here, corrected by every state message. */
export class TimeLeft {
  readonly element = make('span', { className: 'time', hidden: true });
  private endsAt: number | null = null;
  private lastSpoken = Infinity;
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(private readonly speak: (words: string) => void) {
    this.timer = setInterval(() => this.show(), 1000);
  }

  set(secondsLeft: number | null): void {
    this.endsAt = secondsLeft === null ? null : Date.now() + secondsLeft * 1000;
    if (secondsLeft !== null && secondsLeft > warnings[0]!) this.lastSpoken = Infinity;
    this.show();
  }

  dispose(): void {
    clearInterval(this.timer);
  }

  private show(): void {
    this.element.hidden = this.endsAt === null;
    if (this.endsAt === null) return;
    const seconds = Math.max(0, Math.round((this.endsAt - Date.now()) / 1000));
    this.element.textContent = strings.timeLeft(inWords(seconds));
    const passed = warnings.filter(limit => seconds <= limit && this.lastSpoken > limit).at(-1);
    if (passed === undefined) return;
    this.lastSpoken = passed;
    this.speak(strings.timeLeftSpoken(inWords(seconds)));
  }
}

function inWords(seconds: number): string {
  return seconds > 60 ? strings.minutes(Math.ceil(seconds / 60)) : strings.seconds(seconds);
}
