import { DetailedError, Upload } from 'tus-js-client';
import type { Chosen } from './chosen';

const AT_ONE_TIME = 2;

/** A restart of the service takes seconds, one of its host minutes: about a quarter of an hour in all. */
const RETRY_DELAYS = [0, 1000, 2000, 4000, 8000, ...new Array<number>(60).fill(15_000)];

export type State = 'waiting' | 'sending' | 'interrupted' | 'done' | 'refused';

export interface Item {
  readonly path: string;
  readonly total: number;
  sent: number;
  state: State;
  /** Why it was refused, in the service's words. */
  reason: string;
}

/**
 * Sends files one after the other, a few at one time. Each resumes where it stopped: after a break of the line by itself, after the
 * browser was closed as soon as the same file is chosen again.
 */
export class Queue {
  readonly items: Item[] = [];
  readonly #waiting: { item: Item; file: File }[] = [];
  #running = 0;

  constructor(private readonly endpoint: string, private readonly changed: () => void) {}

  add(chosen: readonly Chosen[]): void {
    for (const { file, path } of chosen) {
      const item: Item = { path, total: file.size, sent: 0, state: 'waiting', reason: '' };
      this.items.push(item);
      this.#waiting.push({ item, file });
    }

    this.#next();
    this.changed();
  }

  #next(): void {
    while (this.#running < AT_ONE_TIME) {
      const next = this.#waiting.shift();
      if (!next) {
        return;
      }

      this.#running++;
      void this.#send(next.item, next.file);
    }
  }

  async #send(item: Item, file: File): Promise<void> {
    item.state = 'sending';
    const upload = new Upload(file, {
      endpoint: this.endpoint,
      retryDelays: RETRY_DELAYS,
      removeFingerprintOnSuccess: true,
      metadata: { filename: file.name, relativePath: item.path },
      // The same file in another folder is another upload.
      fingerprint: async () => ['preserve', this.endpoint, item.path, file.size, file.lastModified].join('|'),
      onProgress: sent => this.#set(item, 'sending', sent),
      onShouldRetry: error => {
        const status = statusOf(error);
        const again = status === undefined || status === 409 || status === 423 || (status >= 500 && status !== 507);
        if (again) {
          this.#set(item, 'interrupted', item.sent);
        }

        return again;
      },
      onError: error => this.#end(item, 'refused', reasonOf(error)),
      onSuccess: () => this.#end(item, 'done', ''),
    });
    const [earlier] = await upload.findPreviousUploads();
    if (earlier) {
      upload.resumeFromPreviousUpload(earlier);
    }

    upload.start();
  }

  #set(item: Item, state: State, sent: number): void {
    item.state = state;
    item.sent = sent;
    this.changed();
  }

  #end(item: Item, state: State, reason: string): void {
    item.reason = reason;
    this.#running--;
    this.#set(item, state, state === 'done' ? item.total : item.sent);
    this.#next();
  }
}

function statusOf(error: Error | DetailedError): number | undefined {
  return error instanceof DetailedError ? error.originalResponse?.getStatus() : undefined;
}

/** Refusals are problem documents (RFC 9457). */
function reasonOf(error: Error | DetailedError): string {
  const body = error instanceof DetailedError ? error.originalResponse?.getBody() : undefined;
  try {
    const problem: unknown = JSON.parse(body ?? '');
    if (typeof problem === 'object' && problem !== null && 'detail' in problem && typeof problem.detail === 'string') {
      return problem.detail;
    }
  } catch {
    // Not ours: a proxy's page, or no answer at all.
  }

  return statusOf(error) === 401 ? 'You are not signed in any more. Sign in in another tab, then choose the file again.' : 'The service could not be reached. Choose the file again to go on.';
}
