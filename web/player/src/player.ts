import { Bar } from './bar/bar';
import { make } from './bar/elements';
import { Notice, wordsOf } from './bar/notice';
import type { SessionState } from './connection/session-state';
import type { Parts } from './element';
import { HubInput } from './input/hub-input';
import { MachineStage } from './screen/machine-stage';
import type { Pixels } from './screen/screen';
import type { Phase } from './session/phase';
import type { Position } from './pointer/mapping';
import type { PrintedPages } from './session/session-api';
import { SessionFlow } from './session/session-flow';
import { SessionMemory } from './session/session-memory';
import type { SoundReading } from './sound/sound-output';
import { Together } from './session/together';
import { WatchDoor } from './session/watch-door';
import { strings } from './strings/en';
import { applyStyle } from './style/style';

export interface PlayerSettings {
  readonly exhibit: string;
  /** Id of the watch link the page is for; null on the page of an exhibit. */
  readonly watch: string | null;
  readonly label: string;
  readonly graceInSeconds: number;
  readonly offersStart: boolean;
}

/** Puts the parts together: the session's flow on one side, what the visitor sees and touches on the other. */
export class Player {
  private readonly flow: SessionFlow;
  private readonly stages = new Map<number, MachineStage>();
  private readonly screens = make('div', { className: 'screens' });
  private readonly spoken = make('p', { className: 'spoken' });
  private readonly notice: Notice;
  private readonly together: Together;
  private readonly bar: Bar;
  private readonly frame: HTMLElement;
  private readonly stop = new AbortController();
  private shown = 0;
  private session: SessionState | null = null;
  private lastSpoken = '';
  private lastTold = '';
  private wantsFocus = false;
  /** The machine that had the keyboard when the connection was lost. */
  private cutOff: MachineStage | null = null;
  private wantsTour = false;

  constructor(private readonly host: HTMLElement, root: ShadowRoot, parts: Parts, private readonly settings: PlayerSettings) {
    const { watch } = settings;
    const door = watch === null ? parts.api : new WatchDoor(parts.api, watch, location.hash.slice(1));
    this.together = new Together(() => this.flow, parts.api, { point: isPointing => this.point(isPointing), speak: words => this.speak(words) });
    this.flow = new SessionFlow(door, parts.openHub, new SessionMemory(watch === null ? settings.exhibit : `watch.${watch}`), {
      phase: phase => this.show(phase),
      connected: () => this.connected(),
      frame: (machine, blob) => this.stages.get(machine)?.decode(blob.slice()),
      sound: (machine, format, bytes) => { if (machine === this.shown) this.bar.sound.play(format, bytes); },
      pointer: (mark, machine, x, y) => this.showPointer(mark, machine, x, y),
      text: (machine, message) => { if (machine === this.shown) this.bar.text.hear(message); },
      typing: (machine, message) => { if (machine === this.shown) this.bar.paste.hear(message); },
    }, settings.graceInSeconds);
    this.notice = new Notice(settings.label, settings.offersStart && watch === null, watch !== null, () => this.start(), () => this.end());
    this.bar = new Bar(host, {
      input: () => this.stages.get(this.shown)?.input ?? null,
      media: {
        change: (method, ...values) => this.changeMedia(method, ...values),
        look: () => this.flow.ask('ReadDrives', this.shown),
      },
      reset: () => this.flow.send('Reset', this.shown),
      listen: formats => this.listenTo(this.shown, formats),
      readText: isReading => this.flow.send('ReadText', this.shown, isReading),
      printed: () => this.printed(parts.api),
      send: method => this.flow.send(method, this.shown),
      ask: (method, ...values) => this.flow.ask(method, this.shown, ...values),
      choose: machine => this.choose(machine),
      leaveMachine: () => this.stages.get(this.shown)?.leave(),
      endSession: () => this.end(),
      speak: words => this.speak(words),
      watching: this.together,
    });
    this.spoken.setAttribute('role', 'status');
    // The poster is what the page has put inside the element.
    this.screens.append(make('div', { className: 'poster' }, make('slot')), this.notice.element);
    this.frame = make('div', { className: 'frame' }, this.screens, this.bar.keyboard.element, this.bar.element, this.spoken);
    applyStyle(root);
    root.replaceChildren(this.frame);
    this.listen();
    this.show(this.flow.phase);
  }

  get phase(): Phase {
    return this.flow.phase;
  }

  start(): void {
    this.wantsFocus = true;
    void this.flow.start(this.settings.exhibit);
  }

  /** Goes back to this tab's session; on the page of a watch link, comes in. */
  resume(): void {
    if (this.settings.watch === null) void this.flow.resume();
    else this.start();
  }

  end(): void {
    this.flow.end();
  }

  async readPixels(): Promise<Pixels> {
    return await this.stages.get(this.shown)?.readPixels() ?? { width: 0, height: 0, data: new Uint8ClampedArray() };
  }

  readSound(): Promise<SoundReading> {
    return this.bar.sound.read();
  }

  dispose(): void {
    this.stop.abort();
    this.flow.detach();
    this.bar.dispose();
    this.clearStages();
  }

  private listen(): void {
    const { signal } = this.stop;
    document.addEventListener('click', event => this.clicked(event), { signal });
    document.addEventListener('visibilitychange', () => this.visibilityChanged(), { signal });
    window.addEventListener('online', () => this.flow.hurry(), { signal });
    for (const sign of ['pointermove', 'pointerdown', 'focusin'] as const) this.frame.addEventListener(sign, () => this.bar.touch(), { signal });
  }

  private clicked(event: MouseEvent): void {
    const starter = (event.target as Element | null)?.closest?.('[data-start]');
    const exhibit = starter?.getAttribute('data-start');
    if (this.settings.watch !== null || exhibit !== '' && exhibit !== this.settings.exhibit) return;
    this.wantsTour = starter?.hasAttribute('data-tour') === true;
    this.start();
  }

  private visibilityChanged(): void {
    this.flow.send('Visible', !document.hidden);
    this.bar.sound.setVisible(!document.hidden);
  }

  private listenTo(machine: number, formats: readonly number[] | null): void {
    this.flow.send('Listen', machine, formats !== null, formats ?? []);
  }

  private connected(): void {
    for (const stage of this.stages.values()) stage.reset();
    if (document.hidden) this.flow.send('Visible', false);
    this.bar.sound.rejoin();
    this.bar.text.again();
    this.bar.paste.forget();
    this.bar.keyboard.forget();
  }

  private show(phase: Phase): void {
    this.frame.dataset['phase'] = phase.name;
    // For the page's own style sheet: a machine in use gets more room.
    this.host.dataset['state'] = phase.name;
    this.notice.show(phase);
    this.bar.element.hidden = phase.name !== 'running' && phase.name !== 'reconnecting';
    if (this.bar.element.hidden && this.bar.keyboard.isOpen) this.bar.keyboard.toggle();
    // Before the parts, which may have more to say.
    this.tell(phase);
    if (phase.name === 'running') this.showSession(phase.session);
    else this.leaveStages(phase);
    if (['ready', 'ended', 'refused'].includes(phase.name)) {
      this.clearStages();
      this.bar.owner.clear();
      if (phase.name !== 'ready') this.wantsTour = false;
    }
  }

  private showSession(session: SessionState): void {
    this.session = session;
    if (!session.machines.some(each => each.machine === this.shown)) this.shown = session.machines[0]?.machine ?? 0;
    for (const machine of session.machines) {
      const mayControl = session.role !== 'watch';
      const stage = this.stages.get(machine.machine);
      if (stage !== undefined) stage.update(machine, mayControl);
      else this.addStage(machine.machine, new MachineStage(machine, new HubInput(this.flow, machine.machine), mayControl, this.stageListener));
    }
    this.choose(this.shown);
    if (this.wantsTour) {
      this.wantsTour = this.wantsFocus = false;
      this.bar.owner.begin('tour');
    }
    this.giveBack();
    if (!this.wantsFocus) return;
    this.wantsFocus = false;
    this.stages.get(this.shown)?.element.focus({ preventScroll: true });
  }

  private leaveStages(phase: Phase): void {
    for (const stage of this.stages.values()) {
      if (stage.isEntered && phase.name === 'reconnecting') this.cutOff = stage;
      stage.leave();
    }
    if (phase.name !== 'reconnecting') this.cutOff = null;
  }

  /** Whoever was typing when the connection was lost goes on typing, unless they have turned to something else meanwhile. */
  private giveBack(): void {
    const stage = this.cutOff;
    this.cutOff = null;
    if (stage?.hasFocus === true && this.stages.get(this.shown) === stage) stage.enter();
  }

  private addStage(machine: number, stage: MachineStage): void {
    this.stages.set(machine, stage);
    this.screens.insertBefore(stage.element, this.notice.element);
  }

  private readonly stageListener = {
    drawn: (machine: number, sequence: number) => this.flow.send('Ack', machine, sequence),
    lost: (machine: number) => this.flow.send('Keyframe', machine),
    entered: (stage: MachineStage, isEntered: boolean) => {
      this.bar.showHint(isEntered, stage.element.dataset['pointer'] === 'relative');
      if (!isEntered) this.bar.keyboard.forget();
      this.speak(isEntered ? strings.captured : strings.released);
    },
    pointed: (machine: number, at: Position | null) => this.flow.send('PointOut', machine, at?.x ?? -1, at?.y ?? -1),
    pasted: (text: string) => void this.bar.paste.paste(text),
    usesTrackpad: () => this.bar.tell(`${strings.pointerDrag}. ${strings.leaveHint}`),
  };

  private choose(shown: number): void {
    const isOther = shown !== this.shown;
    if (isOther) this.listenTo(this.shown, null);
    if (isOther) this.bar.text.stop();
    if (isOther) this.bar.keyboard.release();
    this.shown = shown;
    if (isOther) this.bar.sound.rejoin();
    for (const [machine, stage] of this.stages) stage.element.hidden = machine !== shown;
    const machine = this.session?.machines.find(each => each.machine === shown);
    if (this.session !== null && machine !== undefined) this.bar.show(this.session, machine);
  }

  private point(isPointing: boolean): void {
    for (const stage of this.stages.values()) stage.setPointing(isPointing);
  }

  private showPointer(mark: number, machine: number, x: number, y: number): void {
    const stage = this.stages.get(machine);
    if (mark === 1) stage?.showPointedOut(x < 0 ? null : { x, y });
    else if (mark === 0) stage?.showPointer({ x, y });
  }

  private async changeMedia(method: string, ...values: unknown[]): Promise<string | null> {
    try {
      const problem = await this.flow.ask(method, this.shown, ...values);
      return typeof problem === 'string' && problem !== '' ? problem : null;
    } catch {
      return strings.reconnectingSpoken;
    }
  }

  private async printed(api: Parts['api']): Promise<PrintedPages> {
    const { held } = this.flow;
    if (held === null) throw new Error(strings.printoutFailed);
    return await api.printed(held, this.shown);
  }

  private clearStages(): void {
    for (const stage of this.stages.values()) stage.dispose();
    this.stages.clear();
    this.bar.sound.turnOff();
    this.bar.text.stop();
  }

  /** Tells the page, and those who listen instead of look; a countdown is spoken once, not each second. */
  private tell(phase: Phase): void {
    const { title, detail } = wordsOf(phase, this.settings.watch !== null);
    const words = phase.name === 'reconnecting' ? strings.reconnectingSpoken : `${title} ${detail}`.trim();
    // A state that only says the same again must not talk over what was said since.
    if (words !== this.lastTold) this.speak(words);
    this.lastTold = words;
    this.host.dispatchEvent(new CustomEvent('preserve-state', { bubbles: true, composed: true, detail: {
      state: phase.name,
      reason: phase.name === 'ended' ? phase.reason : null,
      message: detail,
    } }));
  }

  private speak(words: string): void {
    if (words === this.lastSpoken) return;
    this.lastSpoken = words;
    this.spoken.textContent = words;
  }
}
