import { FrameDecoder } from '../frames';
import { PageScreen } from './page-screen';
import type { Screen, ScreenListener } from './screen';
import { WorkerScreen } from './worker-screen';
import type { FromWorker } from './worker-messages';

const readyTimeoutInMilliseconds = 3_000;

/**
 * Makes a screen: drawn by a worker where the browser can, else in the page. A canvas that was handed to a worker can never come back,
 * so the worker has to say that it runs before it gets one.
 */
export async function openScreen(listener: ScreenListener): Promise<Screen> {
  const element = document.createElement('canvas');
  const worker = canDrawInWorker(element) ? await startWorker() : null;
  return worker === null ? new PageScreen(element, () => new FrameDecoder(), listener) : new WorkerScreen(element, worker, listener);
}

function canDrawInWorker(element: HTMLCanvasElement): boolean {
  return typeof Worker === 'function' && typeof OffscreenCanvas === 'function' && 'transferControlToOffscreen' in element
    // Safari 16 has the class without the 2D context.
    && (() => { try { return new OffscreenCanvas(1, 1).getContext('2d') !== null; } catch { return false; } })();
}

function startWorker(): Promise<Worker | null> {
  return new Promise(resolve => {
    let worker: Worker;
    try {
      worker = new Worker(new URL(BUILD.pictureWorker, import.meta.url), { type: 'module' });
    } catch {
      // A page policy that forbids workers.
      resolve(null);
      return;
    }
    const giveUp = (): void => {
      clearTimeout(timer);
      worker.terminate();
      resolve(null);
    };
    const timer = setTimeout(giveUp, readyTimeoutInMilliseconds);
    worker.onerror = giveUp;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind !== 'ready') return;
      clearTimeout(timer);
      worker.onerror = null;
      resolve(worker);
    };
  });
}
