import type { Hub, HubListener } from '../connection/hub';
import type { HubTicket } from '../session/session-api';

/** A hub that a test plays the worker of. */
export class FakeHub implements Hub {
  readonly closed: Promise<void>;
  readonly sent: unknown[][] = [];
  answer: unknown = null;
  /** Answers to single methods; all others get `answer`. */
  answers: Readonly<Record<string, unknown>> = {};
  private close_: () => void = () => {};

  constructor(readonly ticket: HubTicket, readonly worker: HubListener, private readonly refuses: boolean) {
    this.closed = new Promise(resolve => { this.close_ = resolve; });
  }

  async open(): Promise<void> {
    if (this.refuses) throw new Error('Refused.');
  }

  send(...message: unknown[]): void {
    this.sent.push(message);
  }

  async ask(...message: unknown[]): Promise<unknown> {
    this.sent.push(message);
    const method = String(message[0]);
    return Object.hasOwn(this.answers, method) ? this.answers[method] : this.answer;
  }

  async close(): Promise<void> {
    this.close_();
  }

  /** The connection breaks. */
  lose(): void {
    this.close_();
  }
}

/** Opens fake hubs and keeps them in order. */
export class FakeHubs {
  readonly opened: FakeHub[] = [];
  refuse = false;

  readonly open = (ticket: HubTicket, listener: HubListener): Hub => {
    const hub = new FakeHub(ticket, listener, this.refuse);
    this.opened.push(hub);
    return hub;
  };

  get last(): FakeHub {
    return this.opened.at(-1)!;
  }
}
