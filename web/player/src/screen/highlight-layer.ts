import type { Position } from '../pointer/mapping';

/** A ring over the picture around what somebody points out. It is the player's own: the guest knows nothing of it. */
export class HighlightLayer {
  readonly element = document.createElement('div');
  private at: Position | null = null;

  constructor() {
    this.element.className = 'highlight';
    this.element.setAttribute('aria-hidden', 'true');
    this.element.hidden = true;
  }

  show(at: Position | null): void {
    this.at = at;
  }

  /** @param picture the picture's place within the layer's parent and its scale, in CSS pixels per guest pixel */
  place(picture: { readonly x: number; readonly y: number; readonly scaleX: number; readonly scaleY: number }): void {
    this.element.hidden = this.at === null;
    if (this.at === null) return;
    const x = picture.x + (this.at.x + 0.5) * picture.scaleX;
    const y = picture.y + (this.at.y + 0.5) * picture.scaleY;
    this.element.style.transform = `translate(${x}px, ${y}px)`;
  }
}
