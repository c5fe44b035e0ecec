import { pcm, samplesOf } from '../sound/format';
import { SoundOutput } from '../sound/sound-output';
import { strings } from '../strings/en';
import { make, makeButton } from './elements';

/** The sound button and its volume. Sound is off until the visitor turns it on: browsers want it so, and so do museums. */
export class SoundControl {
  readonly element: HTMLElement;
  private readonly button = makeButton(strings.sound, () => this.toggle());
  private readonly volume = make('input', { type: 'range', min: '0', max: '100', value: '70', hidden: true });
  private output: SoundOutput | null = null;

  /** @param listen told when sound is wanted, and when not any more */
  constructor(private readonly listen: (isListening: boolean) => void) {
    this.volume.setAttribute('aria-label', strings.volume);
    this.volume.addEventListener('input', () => this.output?.setVolume(this.volume.valueAsNumber / 100));
    this.element = make('div', { className: 'sound', hidden: true }, this.button, this.volume);
    this.tell();
  }

  get isOn(): boolean {
    return this.output !== null;
  }

  show(hasSound: boolean): void {
    this.element.hidden = !hasSound;
  }

  play(format: number, bytes: Uint8Array): void {
    if (format === pcm) this.output?.play(samplesOf(bytes));
  }

  turnOff(): void {
    if (this.output === null) return;
    void this.output.close();
    this.output = null;
    this.tell();
  }

  private toggle(): void {
    if (this.output === null) {
      this.output = new SoundOutput();
      this.output.setVolume(this.volume.valueAsNumber / 100);
      this.tell();
    } else {
      this.turnOff();
    }
    this.listen(this.isOn);
  }

  private tell(): void {
    this.volume.hidden = !this.isOn;
    this.button.setAttribute('aria-pressed', String(this.isOn));
    this.button.title = this.isOn ? strings.soundOn : strings.soundOff;
  }
}
