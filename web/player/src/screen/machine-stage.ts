import type { Machine } from '../connection/session-state';
import type { MachineInput } from '../input/machine-input';
import { KeyboardCapture } from '../keyboard/capture';
import type { Position } from '../pointer/mapping';
import { openPointer, type MachinePointer, type PointerSurface } from '../pointer/pointer';
import { Pointing } from '../pointer/pointing';
import { strings } from '../strings/en';
import { CursorLayer } from './cursor-layer';
import { fit, type Size } from './fit';
import { HighlightLayer } from './highlight-layer';
import { openScreen } from './open-screen';
import type { Pixels, Screen, ScreenListener } from './screen';

export interface StageListener {
  drawn(machine: number, sequence: number): void;
  lost(machine: number): void;
  /** The visitor entered or left the machine. */
  entered(stage: MachineStage, isEntered: boolean): void;
  /** Text was pasted while the screen had the focus. */
  pasted(text: string): void;
  usesTrackpad(): void;
  /** The visitor points at a place for others to see, or at none any more. */
  pointed(machine: number, at: Position | null): void;
}

/** Frames that arrive before the screen is there; more than the worker sends without an acknowledgement. */
const mostFramesWaiting = 256;

/** One machine on the page: its picture at the right size and shape, its keyboard and its pointer. */
export class MachineStage implements ScreenListener {
  readonly element = document.createElement('div');
  private readonly cursorLayer = new CursorLayer();
  private readonly highlight = new HighlightLayer();
  private readonly keyboard: KeyboardCapture;
  private readonly resizes = new ResizeObserver(() => this.layOut());
  private pointer: MachinePointer | null = null;
  private pointing: Pointing | null = null;
  private screen: Screen | null = null;
  private waiting: Uint8Array<ArrayBuffer>[] = [];
  private guest: Size = { width: 640, height: 480 };
  private isDisposed = false;

  constructor(private machine: Machine, readonly input: MachineInput, private mayControl: boolean, private readonly listener: StageListener) {
    this.element.className = 'stage';
    this.element.tabIndex = 0;
    this.keyboard = new KeyboardCapture(this.element, input, () => this.mayControl, isEntered => this.enteredChanged(isEntered));
    this.element.addEventListener('paste', event => this.paste(event));
    this.describe(false);
    this.openPointer();
    this.resizes.observe(this.element);
    void this.open();
  }

  get title(): string {
    return this.machine.title || strings.thisMachine;
  }

  get isEntered(): boolean {
    return this.keyboard.entered;
  }

  get hasFocus(): boolean {
    return document.hasFocus() && (this.element.getRootNode() as Document | ShadowRoot).activeElement === this.element;
  }

  enter(): void {
    this.keyboard.enter();
  }

  leave(): void {
    this.keyboard.leave();
  }

  update(machine: Machine, mayControl: boolean): void {
    const isOtherPointer = machine.pointer !== this.machine.pointer;
    this.machine = machine;
    this.mayControl = mayControl;
    if (!mayControl) this.leave();
    if (isOtherPointer) this.openPointer();
    this.describe(this.isEntered);
    this.layOut();
  }

  /** Whether the visitor's pointer shows things to others instead of going to the machine. */
  setPointing(isPointing: boolean): void {
    if (isPointing === (this.pointing !== null)) return;
    this.pointing?.dispose();
    this.pointing = null;
    this.element.classList.toggle('pointing', isPointing);
    if (!isPointing) return;
    this.leave();
    this.pointing = new Pointing(this.surface(), at => {
      this.showPointedOut(at);
      this.listener.pointed(this.machine.machine, at);
    });
  }

  /** Rings what somebody points out. */
  showPointedOut(at: Position | null): void {
    this.highlight.show(at);
    this.placeCursor();
  }

  /** Shows the machine's pointer where somebody else has it. */
  showPointer(at: Position): void {
    if (this.isEntered) return;
    this.cursorLayer.hover(at);
    this.placeCursor();
  }

  decode(blob: Uint8Array<ArrayBuffer>): void {
    if (this.screen !== null) this.screen.decode(blob);
    else if (this.waiting.length < mostFramesWaiting) this.waiting.push(blob);
  }

  /** A new connection: pictures begin anew. */
  reset(): void {
    this.waiting = [];
    this.screen?.reset();
  }

  async readPixels(): Promise<Pixels> {
    return await this.screen?.readPixels() ?? { width: 0, height: 0, data: new Uint8ClampedArray() };
  }

  dispose(): void {
    this.isDisposed = true;
    this.keyboard.dispose();
    this.pointer?.dispose();
    this.pointing?.dispose();
    this.resizes.disconnect();
    this.screen?.dispose();
    this.element.remove();
  }

  drawn(sequence: number): void {
    this.listener.drawn(this.machine.machine, sequence);
  }

  resized(width: number, height: number): void {
    this.guest = { width, height };
    this.layOut();
  }

  cursor(shape: Parameters<ScreenListener['cursor']>[0]): void {
    this.cursorLayer.wear(shape);
    this.placeCursor();
  }

  lost(): void {
    this.listener.lost(this.machine.machine);
  }

  private paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!this.mayControl || text === '') return;
    event.preventDefault();
    this.listener.pasted(text);
  }

  private async open(): Promise<void> {
    const screen = await openScreen(this);
    if (this.isDisposed) return screen.dispose();
    this.screen = screen;
    screen.element.className = 'picture';
    this.element.append(screen.element, this.cursorLayer.element, this.highlight.element);
    for (const blob of this.waiting) screen.decode(blob);
    this.waiting = [];
    this.layOut();
  }

  private openPointer(): void {
    this.pointer?.dispose();
    this.element.dataset['pointer'] = this.machine.pointer;
    this.pointer = openPointer(this.machine.pointer, this.surface());
  }

  private surface(): PointerSurface {
    return {
      stage: this.element,
      input: this.input,
      picture: () => (this.screen?.element ?? this.element).getBoundingClientRect(),
      guest: () => this.guest,
      isEntered: () => this.isEntered,
      enter: () => {
        this.keyboard.spoilChord();
        this.enter();
        return this.isEntered;
      },
      hover: at => {
        this.cursorLayer.hover(at);
        this.placeCursor();
      },
      usesTrackpad: () => this.listener.usesTrackpad(),
      nextFrame: callback => void requestAnimationFrame(callback),
    };
  }

  private enteredChanged(isEntered: boolean): void {
    if (!isEntered) this.pointer?.left();
    this.describe(isEntered);
    this.listener.entered(this, isEntered);
  }

  /** Outside, the screen is a button that enters; inside, it is an application, so that screen readers let every key through. */
  private describe(isEntered: boolean): void {
    this.element.classList.toggle('entered', isEntered);
    this.element.setAttribute('role', isEntered ? 'application' : this.mayControl ? 'button' : 'img');
    const words = isEntered ? strings.screenCaptured : this.mayControl ? strings.screenIdle : strings.screenOf;
    this.element.setAttribute('aria-label', words(this.title));
  }

  private layOut(): void {
    const picture = this.screen?.element;
    const box = { width: this.element.clientWidth, height: this.element.clientHeight };
    if (picture === undefined || box.width === 0 || box.height === 0) return;
    const aspect = this.machine.pixelAspect[`${this.guest.width}x${this.guest.height}`] ?? 1;
    const fitted = fit(this.guest, box, aspect, devicePixelRatio);
    picture.style.width = `${fitted.width}px`;
    picture.style.height = `${fitted.height}px`;
    picture.classList.toggle('crisp', fitted.isCrisp);
    this.placeCursor();
  }

  private placeCursor(): void {
    const picture = this.screen?.element;
    if (picture === undefined) return;
    const scaleX = picture.offsetWidth / this.guest.width;
    const scaleY = picture.offsetHeight / this.guest.height;
    const place = { x: picture.offsetLeft, y: picture.offsetTop, scaleX, scaleY };
    this.cursorLayer.place(place);
    this.highlight.place(place);
  }
}
