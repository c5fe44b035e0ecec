import type { Sketch } from '../frames';
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
  /** What came while a sketch is being decoded; bounded by what the service sends without an acknowledgement. */
  private waiting: Uint8Array<ArrayBuffer>[] = [];
  private isSketching = false;
  /** Counts resets: a sketch of before is not painted any more. */
  private age = 0;

  constructor(private readonly canvas: Canvas, private readonly newDecoder: NewDecoder, private readonly listener: ScreenListener) {
    const context = canvas.getContext('2d', { alpha: false }) as Context | null;
    if (context === null) throw new Error('The browser gives no canvas to draw on.');
    this.context = context;
    this.decoder = newDecoder();
  }

  /** Draws a blob, after those before it. */
  decode(blob: Uint8Array<ArrayBuffer>): void {
    if (this.isSketching) {
      this.waiting.push(blob);
      return;
    }
    try {
      this.decoder.decode(blob);
    } catch {
      return this.lose();
    }
    this.isLost = false;
    this.note();
    if (this.decoder.sketch !== null) {
      void this.paintSketch(this.decoder.sketch);
      return;
    }
    if (this.decoder.isLast) this.paint();
    this.listener.drawn(this.decoder.sequence);
  }

  reset(): void {
    this.age++;
    this.waiting = [];
    this.isSketching = false;
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

  /** Only the browser reads a JPEG, and takes its time: until then what comes waits, since it may lie over it. */
  private async paintSketch(sketch: Sketch): Promise<void> {
    const { age } = this;
    this.isSketching = true;
    // Later it would paint over the sketch.
    this.paint();
    const picture = await createImageBitmap(new Blob([sketch.jpeg], { type: 'image/jpeg' })).catch(() => null);
    if (age !== this.age) {
      picture?.close();
      return;
    }

    this.isSketching = false;
    if (picture?.width !== sketch.pictureWidth || picture.height !== sketch.pictureHeight) return this.lose();
    this.draw(sketch, picture);
    picture.close();
    this.listener.drawn(this.decoder.sequence);
    this.decodeWaiting();
  }

  private draw({ x, y, width, height, parts }: Sketch, picture: ImageBitmap): void {
    const { context } = this;
    context.save();
    if (parts !== null) {
      context.beginPath();
      for (let i = 0; i < parts.length; i += 4) context.rect(parts[i]!, parts[i + 1]!, parts[i + 2]!, parts[i + 3]!);
      context.clip();
    }

    context.drawImage(picture, x, y, width, height);
    context.restore();
  }

  private decodeWaiting(): void {
    const blobs = this.waiting;
    this.waiting = [];
    // The next sketch among them makes the rest wait again.
    for (const blob of blobs) this.decode(blob);
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
