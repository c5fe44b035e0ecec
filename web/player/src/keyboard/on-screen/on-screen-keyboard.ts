import { make, makeButton, makeOption } from '../../bar/elements';
import { holds } from '../../bar/holding';
import type { MachineInput } from '../../input/machine-input';
import { strings } from '../../strings/en';
import { hold } from '../chords';
import { layoutOf, type Layout } from '../layout';
import { arrangementOf, type Block, type PlacedKey } from './arrangements';
import { printCap } from './key-caps';
import { neighbour, type Direction } from './neighbour';
import { isModifier, StickyModifiers, type Stuck } from './sticky';

export interface OnScreenKeyboardActions {
  input(): MachineInput | null;
  speak(words: string): void;
  /** It was opened or closed. */
  toggled(isOpen: boolean): void;
}

const words = strings.keyboard;
/** Widths of a key, in CSS pixels. */
const sizes = [22, 26, 30, 36, 42, 50, 60];
const usualSize = 42;
/** Below this width the parts of the keyboard become pages. */
const smallest = 22;
const gapInPixels = 16;
const directions: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

/** The keyboard that stood before the machine, for fingers, for the mouse, and key by key for screen readers. Hidden until asked for. */
export class OnScreenKeyboard {
  readonly element = make('div', { className: 'keyboard', hidden: true });
  private readonly board = make('div', { className: 'board' });
  private readonly kinds = make('select');
  private readonly pages = makeButton('', () => this.turnPage());
  private readonly buttons = new Map<string, HTMLButtonElement>();
  private readonly sticky = new StickyModifiers((code, isDown) => this.press(code, isDown), (code, state) => this.showStuck(code, state));
  private readonly resizes = new ResizeObserver(() => this.fit());
  private blocks: readonly Block[] = [];
  private layout: Layout = layoutOf('us');
  private shown = '';
  private chosen: 'xt' | 'at' | null = null;
  private machines: 'xt' | 'at' = 'at';
  /** Null for as large as fits, up to the usual size. */
  private wanted: number | null = null;
  private key = usualSize;
  private isOnOtherPage = false;
  private scrolls = false;

  constructor(private readonly actions: OnScreenKeyboardActions) {
    this.element.setAttribute('role', 'group');
    this.element.setAttribute('aria-label', words.label);
    this.kinds.setAttribute('aria-label', words.kind);
    this.kinds.addEventListener('change', () => {
      this.chosen = this.kinds.value as 'xt' | 'at';
      this.lay();
    });
    const tools = make('div', { className: 'keyboard-tools' },
      this.pages, this.kinds, sizeButton('\u2212', words.smaller, () => this.resize(-1)), sizeButton('+', words.larger, () => this.resize(1)),
      sizeButton('\u00d7', words.close, () => this.toggle()));
    this.element.append(tools, this.board);
    this.element.addEventListener('keydown', event => this.keyed(event));
    this.resizes.observe(this.element);
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** @param kind what the curator chose, else what the machine's year says */
  show(layout: string, kind: 'xt' | 'at'): void {
    const shown = `${layout} ${kind}`;
    if (shown === this.shown) return;
    this.shown = shown;
    this.machines = kind;
    this.layout = layoutOf(layout);
    if (this.isOpen) this.lay();
  }

  toggle(): void {
    this.element.hidden = this.isOpen;
    if (this.isOpen) this.lay();
    else this.release();
    this.actions.toggled(this.isOpen);
  }

  /** Lets go of what is held. */
  release(): void {
    this.sticky.clear();
  }

  /** Everything was released in the machine: nothing is held here either. */
  forget(): void {
    this.sticky.forget();
  }

  dispose(): void {
    this.resizes.disconnect();
  }

  private get kind(): 'xt' | 'at' {
    return this.chosen ?? this.machines;
  }

  private lay(): void {
    const { kind } = this;
    this.sticky.clear();
    this.blocks = arrangementOf(kind, this.layout.hasKey102);
    this.kinds.replaceChildren(makeOption(words.kinds.xt, 'xt'), makeOption(this.layout.hasKey102 ? words.kinds.at102 : words.kinds.at, 'at'));
    this.kinds.value = kind;
    this.buttons.clear();
    this.board.replaceChildren(...this.blocks.map(block => this.makeBlock(block)));
    this.focusable('Escape');
    this.fit();
  }

  private makeBlock(block: Block): HTMLElement {
    const element = make('div', { className: `block ${block.name}` }, ...block.keys.map(key => this.makeKey(key)));
    element.style.setProperty('--columns', String(block.columns));
    element.style.setProperty('--rows', String(block.rows));
    return element;
  }

  private makeKey({ code, left, top, width, height }: PlacedKey): HTMLElement {
    const button = make('button', { type: 'button', className: 'key', tabIndex: -1 });
    button.style.gridArea = `${top + 1} / ${left + 1} / span ${height} / span ${width}`;
    button.dataset['code'] = code;
    printCap(button, code, this.layout, this.kind === 'xt');
    this.buttons.set(code, button);
    const waitsForTap = (): boolean => this.scrolls;
    if (isModifier(code)) {
      button.setAttribute('aria-pressed', 'false');
      holds(button, { down: () => this.sticky.tap(code), up: () => {}, waitsForTap });
    } else {
      holds(button, {
        down: () => this.press(code, true),
        again: () => this.press(code, true),
        up: () => {
          this.press(code, false);
          this.sticky.used();
        },
        waitsForTap,
      });
    }
    button.addEventListener('focus', () => this.focusable(code));
    return button;
  }

  private press(code: string, isDown: boolean): void {
    const input = this.actions.input();
    if (input !== null) hold([code], input, isDown);
  }

  private showStuck(code: string, state: Stuck): void {
    const button = this.buttons.get(code);
    if (button === undefined) return;
    button.setAttribute('aria-pressed', String(state !== 'off'));
    button.dataset['stuck'] = state;
    this.actions.speak(words.stuck[state](button.getAttribute('aria-label') ?? code));
  }

  /** One key is reached with Tab; from there the arrow keys go on. */
  private focusable(code: string): void {
    for (const [each, button] of this.buttons) button.tabIndex = each === code ? 0 : -1;
  }

  private keyed(event: KeyboardEvent): void {
    if (event.key === 'Escape') return this.toggle();
    const from = (event.target as HTMLElement).dataset['code'];
    const direction = directions[event.key];
    if (from === undefined || direction === undefined) return;
    event.preventDefault();
    const visible = this.blocks.filter(block => !this.isHidden(block));
    const to = neighbour(visible, from, direction);
    if (to !== null) this.buttons.get(to)?.focus();
  }

  private resize(by: number): void {
    const next = by > 0 ? sizes.find(size => size > this.key + 1) : sizes.filter(size => size < this.key - 1).at(-1);
    this.wanted = next ?? this.wanted;
    this.fit();
  }

  private turnPage(): void {
    this.isOnOtherPage = !this.isOnOtherPage;
    this.fit();
  }

  /** As large as was chosen, or as fits; what does not fit beside the letters is a page of its own, and letters chosen larger than that scroll. */
  private fit(): void {
    const room = this.element.clientWidth - gapInPixels;
    if (!this.isOpen || room <= 0) return;
    const columns = (blocks: readonly Block[]): number => blocks.reduce((sum, block) => sum + block.columns, 0) / 4;
    const gaps = gapInPixels * (this.blocks.length - 1);
    const isPaged = (room - gaps) / columns(this.blocks) < smallest;
    this.element.classList.toggle('paged', isPaged);
    this.pages.hidden = !isPaged;
    this.pages.textContent = this.isOnOtherPage ? words.letters : words.others[this.kind];
    const seen = isPaged ? this.blocks.filter(block => (block.name === 'main') !== this.isOnOtherPage) : this.blocks;
    this.blocks.forEach((block, index) => { (this.board.children[index] as HTMLElement).hidden = !seen.includes(block); });
    const fitting = (room - gapInPixels * (seen.length - 1)) / columns(seen);
    this.key = this.wanted ?? Math.min(usualSize, fitting);
    this.scrolls = this.key > fitting + 0.01;
    this.element.classList.toggle('scrolls', this.scrolls);
    this.element.style.setProperty('--key', `${this.key}px`);
  }

  private isHidden(block: Block): boolean {
    return (this.board.children[this.blocks.indexOf(block)] as HTMLElement | undefined)?.hidden === true;
  }
}

function sizeButton(sign: string, label: string, press: () => void): HTMLButtonElement {
  const button = makeButton(sign, press);
  button.setAttribute('aria-label', label);
  return button;
}
