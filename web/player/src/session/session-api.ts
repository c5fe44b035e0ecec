import { strings } from '../strings/en';

/** A session and the secret that controls it; kept for this tab. */
export interface SessionKey {
  readonly id: string;
  readonly key: string;
}

/** Permission to open one hub connection; good for a minute. */
export interface HubTicket {
  readonly hub: string;
  readonly ticket: string;
}

export interface SessionSummary {
  readonly state: string;
  readonly reason: string | null;
  readonly message: string;
}

/** The service said no. `message` is for the visitor; `status` is the HTTP status. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';

  constructor(readonly status: number, message: string) {
    super(message);
  }

  /** True when asking again a little later may well succeed. */
  get isPassing(): boolean {
    return this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** The service could not be reached, or not within the time allowed. */
export class ServiceUnreachable extends Error {
  override readonly name = 'ServiceUnreachable';

  constructor() {
    super(strings.failures.unreachable);
  }
}

const answerTimeoutInMilliseconds = 15_000;

/** How a session is come by and kept: with the session's own key, or with a watch link. All throw ApiRefusal or ServiceUnreachable. */
export interface SessionDoor {
  /** Why the session is over for a visitor who leaves it. */
  readonly leaving: 'stopped' | 'left';
  start(exhibit: string): Promise<SessionKey & HubTicket>;
  ticket(session: SessionKey): Promise<HubTicket>;
  find(session: SessionKey): Promise<SessionSummary>;
  end(session: SessionKey): Promise<void>;
}

/** Pages that a machine has printed. */
export interface PrintedPages {
  /** A PDF. */
  readonly pages: Blob;
  /** Whether it has all that was sent to the printer. */
  readonly isAll: boolean;
  /** Pictures made of dots, which are not on the pages. */
  readonly picturesLeftOut: number;
}

/** The service's HTTP interface, as far as the player needs it. */
export class SessionApi implements SessionDoor {
  readonly leaving = 'stopped';

  constructor(
    private readonly fetch: typeof globalThis.fetch = (...request) => globalThis.fetch(...request),
    private readonly base = '/api',
  ) {}

  /** Starts a session of an exhibit, or after `work/` of what a path below the interface starts. Throws ApiRefusal or ServiceUnreachable. */
  async start(exhibit: string): Promise<SessionKey & HubTicket> {
    const path = exhibit.startsWith('work/') ? exhibit.slice('work/'.length) : `exhibits/${encodeURIComponent(exhibit)}/sessions`;
    const answer = await this.ask('POST', `/${path}`);
    return { id: text(answer, 'id'), key: text(answer, 'key'), hub: text(answer, 'hub'), ticket: text(answer, 'ticket') };
  }

  /** Buys a fresh ticket. Throws ApiRefusal or ServiceUnreachable. */
  async ticket(session: SessionKey): Promise<HubTicket> {
    const answer = await this.ask('POST', `/sessions/${encodeURIComponent(session.id)}/tickets`, session.key);
    return { hub: text(answer, 'hub'), ticket: text(answer, 'ticket') };
  }

  /** Asks how a session is. Throws ApiRefusal or ServiceUnreachable. */
  async find(session: SessionKey): Promise<SessionSummary> {
    const answer = await this.ask('GET', `/sessions/${encodeURIComponent(session.id)}`, session.key);
    return { state: text(answer, 'state'), reason: optionalText(answer, 'reason'), message: optionalText(answer, 'message') ?? '' };
  }

  /** Ends a session. Throws ApiRefusal or ServiceUnreachable. */
  async end(session: SessionKey): Promise<void> {
    await this.ask('DELETE', `/sessions/${encodeURIComponent(session.id)}`, session.key);
  }

  /** What a machine of a session has printed, as PDF, and what is missing in it. Throws ApiRefusal or ServiceUnreachable. */
  async printed(session: SessionKey, machine: number): Promise<PrintedPages> {
    try {
      const response = await this.fetch(`${this.base}/sessions/${encodeURIComponent(session.id)}/printed.pdf?machine=${machine}`, {
        cache: 'no-store', headers: { Authorization: `Bearer ${session.key}` },
      });
      if (!response.ok) throw new ApiRefusal(response.status, wordsOf(response.status, await readJson(response)));
      return {
        pages: await response.blob(),
        isAll: response.headers.get('Preserve-Printed-All') !== 'no',
        picturesLeftOut: Number(response.headers.get('Preserve-Printed-Pictures-Left-Out') ?? 0),
      };
    } catch (error) {
      throw error instanceof ApiRefusal ? error : new ServiceUnreachable();
    }
  }

  /**
   * One request. Throws ApiRefusal or ServiceUnreachable.
   * @param path below the interface's address @param key session key or link secret @param wish sent as JSON
   */
  async ask(method: string, path: string, key?: string, wish?: object): Promise<Record<string, unknown>> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), answerTimeoutInMilliseconds);
    try {
      const response = await this.fetch(this.base + path, {
        method, signal: abort.signal, cache: 'no-store',
        headers: {
          Accept: 'application/json',
          ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
          ...(wish === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(wish === undefined ? {} : { body: JSON.stringify(wish) }),
      });
      const body = await readJson(response);
      if (!response.ok) throw new ApiRefusal(response.status, wordsOf(response.status, body));
      return body;
    } catch (error) {
      // fetch reports every network failure as a TypeError, and our own timeout as an abort.
      throw error instanceof ApiRefusal ? error : new ServiceUnreachable();
    } finally {
      clearTimeout(timer);
    }
  }
}

async function readJson(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? body as Record<string, unknown> : {};
  } catch {
    // No body, or a proxy's HTML page: the status has to speak for itself.
    return {};
  }
}

function wordsOf(status: number, problem: Record<string, unknown>): string {
  const words = optionalText(problem, 'detail') ?? optionalText(problem, 'title');
  if (words) return words;
  return status === 429 ? strings.failures.tooMany : strings.failures.status(status);
}

export function text(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw new ApiRefusal(0, strings.failures.unreadable);
  return value;
}

function optionalText(body: Record<string, unknown>, name: string): string | null {
  const value = body[name];
  return typeof value === 'string' ? value : null;
}
