import type { FrameDecoder, NewDecoder } from './decoder';
import type { CursorShape, Pixels, ScreenListener } from './screen';

type Canvas = HTMLCanvasElement | OffscreenCanvas;
type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

const noPointer: CursorShape = { width: 0, height: 0, hotspotX: 0, hotspotY: 0, data: new Uint8ClampedArray() };

/**
 * Decodes frame blobs onto a canvas; in a worker or in the page, it does not know which. A picture of several blobs is painted when it is
 * whole, so that no half picture is seen; each blob is acknowledged at once, since the rest may be waiting for that.
 */
export class Painter {
  private readonly context: Context;
  private decoder: FrameDecoder;
  private image: ImageData | null = null;
  private isImageStale = true;
  /** x, y, width, height of each rectangle that is decoded and not yet painted. */
  private unpainted: number[] = [];
  private isLost = false;

  constructor(private readonly canvas: Canvas, private readonly newDecoder: NewDecoder, private readonly listener: ScreenListener) {
    const context = canvas.getContext('2d', { alpha: false }) as Context | null;
    if (context === null) throw new Error('The browser gives no canvas to draw on.');
    this.context = context;
    this.decoder = newDecoder();
  }

  decode(blob: Uint8Array): void {
    try {
      this.decoder.decode(blob);
    } catch {
      return this.lose();
    }
    this.isLost = false;
    this.note();
    if (this.decoder.isLast) this.paint();
    this.listener.drawn(this.decoder.sequence);
  }

  reset(): void {
    this.decoder = this.newDecoder();
    this.isImageStale = true;
    this.unpainted = [];
    this.isLost = false;
  }

  readPixels(): Pixels {
    const { width, height } = this.canvas;
    return { width, height, data: this.context.getImageData(0, 0, width, height).data };
  }

  /** Nothing can be decoded now but a whole picture: asks for it, once. */
  private lose(): void {
    const wasLost = this.isLost;
    this.reset();
    this.isLost = true;
    if (!wasLost) this.listener.lost();
  }

  private note(): void {
    const { decoder } = this;
    if (decoder.isKeyframe) {
      this.isImageStale = true;
      this.unpainted = [];
    }
    for (let i = 0; i < 4 * decoder.dirtyCount; i++) this.unpainted.push(decoder.dirty[i]!);
    if (!decoder.isCursorChanged) return;
    // A copy, since the shape goes to another thread while the decoder may keep its own.
    this.listener.cursor(decoder.cursor === null ? noPointer : { ...shapeOf(decoder.cursor), data: decoder.cursor.rgba.slice() });
  }

  private paint(): void {
    const image = this.image !== null && !this.isImageStale ? this.image : this.renew();
    for (let at = 0; at < this.unpainted.length; at += 4) {
      const [x, y, width, height] = this.unpainted.slice(at, at + 4) as [number, number, number, number];
      this.context.putImageData(image, 0, 0, x, y, width, height);
    }
    this.unpainted = [];
  }

  /** Takes over the decoder's pixels after a keyframe, and its size. */
  private renew(): ImageData {
    const { width, height, rgba } = this.decoder;
    const image = new ImageData(rgba, width, height);
    // Setting the size clears a canvas, so only a real change does it.
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    if (this.image?.width !== width || this.image.height !== height) this.listener.resized(width, height);
    this.image = image;
    this.isImageStale = false;
    return image;
  }
}

function shapeOf({ width, height, hotspotX, hotspotY }: Omit<CursorShape, 'data'>): Omit<CursorShape, 'data'> {
  return { width, height, hotspotX, hotspotY };
}
