import type { CursorShape } from './screen';

/**
 * The guest's pointer shape, drawn over the picture where the visitor's pointer is. A layer of its own and not a CSS cursor, since that
 * would need image addresses which a strict page policy forbids, and is not scaled with the picture.
 */
export class CursorLayer {
  readonly element = document.createElement('canvas');
  private shape: CursorShape | null = null;
  private at: { readonly x: number; readonly y: number } | null = null;

  constructor() {
    this.element.className = 'cursor';
    this.element.setAttribute('aria-hidden', 'true');
    this.element.hidden = true;
  }

  /** @param picture the picture's place within the layer's parent and its scale, in CSS pixels per guest pixel */
  place(picture: { readonly x: number; readonly y: number; readonly scaleX: number; readonly scaleY: number }): void {
    const { shape, at } = this;
    this.element.hidden = shape === null || at === null || shape.data.length === 0;
    if (shape === null || at === null) return;
    const { style } = this.element;
    style.width = `${shape.width * picture.scaleX}px`;
    style.height = `${shape.height * picture.scaleY}px`;
    style.transform = `translate(${picture.x + (at.x - shape.hotspotX) * picture.scaleX}px, ${picture.y + (at.y - shape.hotspotY) * picture.scaleY}px)`;
  }

  wear(shape: CursorShape): void {
    this.shape = shape;
    if (shape.width === 0 || shape.height === 0) return;
    this.element.width = shape.width;
    this.element.height = shape.height;
    const image = new ImageData(new Uint8ClampedArray(shape.data), shape.width, shape.height);
    this.element.getContext('2d')?.putImageData(image, 0, 0);
  }

  hover(at: { readonly x: number; readonly y: number } | null): void {
    this.at = at;
  }
}
