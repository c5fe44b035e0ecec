import type { HubTicket } from '../session/session-api';

/** What the worker sends, as `docs/session-hub.md` lists it. */
export interface HubListener {
  state(message: unknown): void;
  frame(machine: number, blob: Uint8Array): void;
  sound(machine: number, format: number, bytes: Uint8Array): void;
  /** Somebody else points: 0 with the machine's own pointer, 1 to show something. -1, -1 for nowhere. */
  pointer(mark: number, machine: number, x: number, y: number): void;
  text(machine: number, message: unknown): void;
  typing(machine: number, message: unknown): void;
}

/** One connection to a session's hub. Once closed it stays closed: reconnecting opens another. */
export interface Hub {
  /** Settles when the connection is made; rejects when it is refused or cannot be made. */
  open(): Promise<void>;
  /** Settles when an opened connection has closed, for whatever reason. */
  readonly closed: Promise<void>;
  /** Sends without waiting for an answer. A message that cannot be sent is lost, as it would be with the connection. */
  send(method: string, ...values: unknown[]): void;
  /** Sends and waits for the answer. Rejects when the connection is lost first. */
  ask(method: string, ...values: unknown[]): Promise<unknown>;
  close(): Promise<void>;
}

export type OpenHub = (ticket: HubTicket, listener: HubListener) => Hub;
