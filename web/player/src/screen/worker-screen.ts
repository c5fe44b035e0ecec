import type { Pixels, Screen, ScreenListener } from './screen';
import type { FromWorker, ToWorker } from './worker-messages';

/** A screen decoded and drawn by a worker of its own. */
export class WorkerScreen implements Screen {
  private readonly readers = new Map<number, (pixels: Pixels) => void>();
  private requests = 0;

  /** @param worker one that has said `ready`; owned by the screen from now on */
  constructor(readonly element: HTMLCanvasElement, private readonly worker: Worker, private readonly listener: ScreenListener) {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.hear(data);
    const canvas = element.transferControlToOffscreen();
    this.tell({ kind: 'canvas', canvas }, [canvas]);
  }

  decode(blob: Uint8Array<ArrayBuffer>): void {
    this.tell({ kind: 'blob', blob }, [blob.buffer]);
  }

  reset(): void {
    this.tell({ kind: 'reset' });
  }

  readPixels(): Promise<Pixels> {
    const request = this.requests++;
    return new Promise(resolve => {
      this.readers.set(request, resolve);
      this.tell({ kind: 'read', request });
    });
  }

  dispose(): void {
    this.worker.terminate();
    this.element.remove();
  }

  private hear(message: FromWorker): void {
    switch (message.kind) {
      case 'drawn': this.listener.drawn(message.sequence); break;
      case 'resized': this.listener.resized(message.width, message.height); break;
      case 'cursor': this.listener.cursor(message.shape); break;
      case 'lost': this.listener.lost(); break;
      case 'pixels':
        this.readers.get(message.request)?.(message.pixels);
        this.readers.delete(message.request);
        break;
      case 'ready': break;
    }
  }

  private tell(message: ToWorker, transfer: Transferable[] = []): void {
    this.worker.postMessage(message, transfer);
  }
}
