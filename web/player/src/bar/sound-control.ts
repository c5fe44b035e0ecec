import { noReading, SoundOutput, type SoundReading } from '../sound/sound-output';
import { volumeMemory } from '../sound/volume-memory';
import { strings } from '../strings/en';
import { make } from './elements';
import { Tool } from './tools';

/**
 * Tells the worker what to send: formats that can be decoded, the best first, to listen; null to stop.
 */
export type Listen = (formats: readonly number[] | null) => void;

/**
 * The sound button and its volume. Sound is off until the visitor turns it on: browsers want it so, and so do museums. It is off as well while
 * the tab is hidden, since nobody can tell then where it comes from, and it costs the museum bytes.
 */
export class SoundControl {
  readonly element: HTMLElement;
  private readonly tool = new Tool('soundOff', '', () => this.press());
  private readonly volume = make('input', { type: 'range', min: '0', max: '100', hidden: true });
  private output: SoundOutput | null = null;
  private formats: readonly number[] | null = null;
  private isVisible = true;

  constructor(private readonly listen: Listen) {
    this.volume.valueAsNumber = volumeMemory.load();
    this.volume.setAttribute('aria-label', strings.volume);
    this.volume.addEventListener('input', () => this.setVolume());
    this.element = make('div', { className: 'sound', hidden: true }, this.tool.button, this.volume);
    this.tell();
  }

  show(hasSound: boolean): void {
    this.element.hidden = !hasSound;
  }

  play(format: number, bytes: Uint8Array): void {
    // A copy: the message lies among others, and decoders keep what they get.
    this.output?.play(format, bytes.slice());
  }

  /** The connection is a new one, or another machine is in sight: asks for its sound, if sound is on. */
  rejoin(): void {
    this.output?.resynchronise();
    if (this.formats !== null && this.isVisible) this.listen(this.formats);
  }

  setVisible(isVisible: boolean): void {
    if (this.isVisible === isVisible) return;
    this.isVisible = isVisible;
    if (isVisible) {
      this.output?.resume();
      this.rejoin();
    } else if (this.formats !== null) {
      this.listen(null);
      this.output?.rest();
    }
  }

  turnOff(): void {
    if (this.output === null) return;
    void this.output.close();
    this.output = null;
    this.formats = null;
    this.tell();
  }

  read(): Promise<SoundReading> {
    return this.output?.read() ?? Promise.resolve(noReading);
  }

  private press(): void {
    if (this.output === null) this.turnOn();
    else if (this.output.isBlocked) this.output.resume();
    else {
      this.turnOff();
      this.listen(null);
    }
  }

  private turnOn(): void {
    const output = new SoundOutput(() => this.tell(), formats => {
      if (this.output !== output) return;
      this.formats = formats;
      this.rejoin();
    });
    this.output = output;
    this.setVolume();
    this.tell();
  }

  private setVolume(): void {
    this.output?.setVolume(this.volume.valueAsNumber / 100);
    volumeMemory.save(this.volume.valueAsNumber);
  }

  private tell(): void {
    this.volume.hidden = this.output === null;
    const isHeard = this.output !== null && !this.output.isBlocked;
    this.tool.show(isHeard ? 'sound' : 'soundOff', isHeard ? strings.soundOn : this.output === null ? strings.soundOff : strings.soundBlocked);
    this.tool.button.title = this.output === null ? strings.soundOffHint : strings.soundOnHint;
  }
}
