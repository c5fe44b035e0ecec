import type { NewDecoder } from './decoder';
import { Painter } from './painter';
import type { Pixels, Screen, ScreenListener } from './screen';

/** A screen decoded in the page itself, for browsers that cannot draw from a worker. */
export class PageScreen implements Screen {
  private readonly painter: Painter;

  constructor(readonly element: HTMLCanvasElement, newDecoder: NewDecoder, listener: ScreenListener) {
    this.painter = new Painter(element, newDecoder, listener);
  }

  decode(blob: Uint8Array<ArrayBuffer>): void {
    this.painter.decode(blob);
  }

  reset(): void {
    this.painter.reset();
  }

  async readPixels(): Promise<Pixels> {
    return this.painter.readPixels();
  }

  dispose(): void {
    this.element.remove();
  }
}
