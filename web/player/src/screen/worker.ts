import { FrameDecoder } from '../frames';
import { Painter } from './painter';
import type { FromWorker, ToWorker } from './worker-messages';

// The picture worker: decodes and draws one machine's frames away from the page's thread.

interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;
let painter: Painter | null = null;

scope.onmessage = ({ data }) => {
  switch (data.kind) {
    case 'canvas':
      painter = new Painter(data.canvas, () => new FrameDecoder(), {
        drawn: sequence => scope.postMessage({ kind: 'drawn', sequence }),
        resized: (width, height) => scope.postMessage({ kind: 'resized', width, height }),
        cursor: shape => scope.postMessage({ kind: 'cursor', shape }),
        lost: () => scope.postMessage({ kind: 'lost' }),
      });
      break;
    case 'blob':
      painter?.decode(data.blob);
      break;
    case 'reset':
      painter?.reset();
      break;
    case 'read':
      if (painter !== null) scope.postMessage({ kind: 'pixels', request: data.request, pixels: painter.readPixels() });
      break;
  }
};

scope.postMessage({ kind: 'ready' });
