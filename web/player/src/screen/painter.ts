import type { FrameDecoder, NewDecoder } from './decoder';
import type { Pixels, ScreenListener } from './screen';

type Canvas = HTMLCanvasElement | OffscreenCanvas;
type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Decodes frame blobs onto a canvas; in a worker or in the page, it does not know which. */
export class Painter {
  private readonly context: Context;
  private decoder: FrameDecoder;
  private image: ImageData | null = null;
  private isLost = false;

  constructor(private readonly canvas: Canvas, private readonly newDecoder: NewDecoder, private readonly listener: ScreenListener) {
    const context = canvas.getContext('2d', { alpha: false }) as Context | null;
    if (context === null) throw new Error('The browser gives no canvas to draw on.');
    this.context = context;
    this.decoder = newDecoder();
  }

  decode(blob: Uint8Array): void {
    try {
      this.draw(blob);
    } catch {
      // The decoder's state is not to be trusted now: a fresh one, and ask once for the whole picture.
      this.reset();
      if (!this.isLost) this.listener.lost();
      this.isLost = true;
    }
  }

  reset(): void {
    this.decoder = this.newDecoder();
    this.image = null;
    this.isLost = false;
  }

  readPixels(): Pixels {
    const { width, height } = this.canvas;
    return { width, height, data: this.context.getImageData(0, 0, width, height).data };
  }

  private draw(blob: Uint8Array): void {
    const frame = this.decoder.decode(blob);
    if (frame.isResized || this.image === null) this.resize();
    const { dirty } = frame;
    if (dirty !== null && this.image !== null) this.context.putImageData(this.image, 0, 0, dirty.x, dirty.y, dirty.width, dirty.height);
    if (frame.cursor !== null) this.listener.cursor(frame.cursor);
    this.isLost = false;
    this.listener.drawn(frame.sequence);
  }

  private resize(): void {
    const { width, height, pixels } = this.decoder;
    if (width === 0 || height === 0) return;
    // Setting the size clears a canvas, so only a real change does it.
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    this.image = new ImageData(pixels, width, height);
    this.listener.resized(width, height);
  }
}
