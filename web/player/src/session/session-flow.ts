import { backoff } from '../connection/backoff';
import type { Hub, HubListener, OpenHub } from '../connection/hub';
import { readSessionState, type SessionState } from '../connection/session-state';
import { Countdown } from './countdown';
import type { Phase } from './phase';
import { ApiRefusal, type HubTicket, type SessionDoor, type SessionKey } from './session-api';
import type { SessionMemory } from './session-memory';

export interface FlowListener {
  phase(phase: Phase): void;
  /** A connection was made; the worker sends whole pictures first. */
  connected(): void;
  frame(machine: number, blob: Uint8Array): void;
  sound(machine: number, format: number, bytes: Uint8Array): void;
  pointer(mark: number, machine: number, x: number, y: number): void;
  text(machine: number, message: unknown): void;
  typing(machine: number, message: unknown): void;
}

/**
 * The life of one visitor's session:
 *   1. start asks the service for a session, or finds the one this tab already has;
 *   2. hold keeps a hub connection to it, each with a fresh ticket;
 *   3. when that is lost, hold tries again until the grace period is over, then asks the service what became of it;
 *   4. finish says why it ended and forgets it.
 */
export class SessionFlow {
  private current: Phase = { name: 'ready' };
  private hub: Hub | null = null;
  private session: SessionKey | null = null;
  /** Counts the sessions held; a loop whose number is old has nothing more to say. */
  private run = 0;
  private heardState = false;
  private wake: () => void = () => {};
  private readonly countdown: Countdown;

  constructor(
    private readonly api: SessionDoor,
    private readonly openHub: OpenHub,
    private readonly memory: SessionMemory,
    private readonly listener: FlowListener,
    graceInSeconds: number,
  ) {
    this.countdown = new Countdown(graceInSeconds, secondsLeft => this.enter({ name: 'reconnecting', secondsLeft }));
  }

  get phase(): Phase {
    return this.current;
  }

  /** The session under way and its key; null while there is none. */
  get held(): SessionKey | null {
    return this.session;
  }

  /** Begins a session, or finds the one that this tab has. Does nothing while one is under way. */
  async start(exhibit: string): Promise<void> {
    if (this.isUnderWay) return;
    const run = ++this.run;
    this.enter({ name: 'asking' });
    if (await this.findAgain(run) || run !== this.run) return;
    try {
      const started = await this.api.start(exhibit);
      if (run !== this.run) return await this.api.end(started);
      this.memory.save(started);
      this.enter({ name: 'starting', message: '' });
      await this.hold(started, run, started);
    } catch (error) {
      if (run === this.run) this.enter({ name: 'refused', message: (error as Error).message });
    }
  }

  /** After a reload: goes back to this tab's session when it is still there, else to `ready`. */
  async resume(): Promise<void> {
    if (this.isUnderWay || this.memory.load() === null) return;
    const run = ++this.run;
    this.enter({ name: 'reconnecting', secondsLeft: null });
    if (!await this.findAgain(run) && run === this.run) this.enter({ name: 'ready' });
  }

  /** Ends the session for good. */
  end(): void {
    const session = this.session;
    if (session === null) return;
    // Over HTTP and not over the hub, since a message on a connection that is being closed may not arrive.
    this.api.end(session).catch(() => {
      // Unreachable, or gone already: the grace period ends it.
    });
    this.finish(this.api.leaving, '');
  }

  /** Lets go of the connection without ending the session: the page is going away. */
  detach(): void {
    this.run++;
    this.session = null;
    this.dropHub();
    this.enter({ name: 'ready' });
  }

  /** Tries at once instead of waiting for the next attempt: the network is back. */
  hurry(): void {
    this.wake();
  }

  send(method: string, ...values: unknown[]): void {
    this.hub?.send(method, ...values);
  }

  async ask(method: string, ...values: unknown[]): Promise<unknown> {
    return await this.hub?.ask(method, ...values);
  }

  private get isUnderWay(): boolean {
    return !['ready', 'ended', 'refused'].includes(this.current.name);
  }

  private async findAgain(run: number): Promise<boolean> {
    const kept = this.memory.load();
    if (kept === null) return false;
    try {
      const ticket = await this.api.ticket(kept);
      if (run !== this.run) return true;
      await this.hold(kept, run, ticket);
      return true;
    } catch (error) {
      if (error instanceof ApiRefusal && !error.isPassing) this.memory.forget();
      return false;
    }
  }

  private async hold(session: SessionKey, run: number, firstTicket: HubTicket): Promise<void> {
    this.session = session;
    let ticket: HubTicket | null = firstTicket;
    for (let attempt = 0; ; attempt++) {
      this.heardState = false;
      try {
        await this.connect(ticket ?? await this.api.ticket(session), run);
      } catch (error) {
        if (error instanceof ApiRefusal && !error.isPassing) {
          await this.findOutWhy(session, run, 'gone');
          return;
        }
      }
      if (run !== this.run) return;
      ticket = null;
      if (this.heardState) attempt = 0;
      this.countdown.start();
      if (this.countdown.isOver) {
        if (await this.findOutWhy(session, run, 'connectionLost')) return;
        this.countdown.restart();
      }
      await this.pause(Math.min(backoff(attempt, Math.random()), this.countdown.leftInMilliseconds));
      if (run !== this.run) return;
    }
  }

  /** Opens a connection and stays until it is closed. */
  private async connect(ticket: HubTicket, run: number): Promise<void> {
    if (run !== this.run) return;
    const hub = this.openHub(ticket, this.listenFor(run));
    this.hub = hub;
    try {
      await hub.open();
      if (run !== this.run) return;
      this.listener.connected();
      await hub.closed;
    } finally {
      if (this.hub === hub) this.hub = null;
      await hub.close();
    }
  }

  private listenFor(run: number): HubListener {
    const ifCurrent = <T extends unknown[]>(hear: (...values: T) => void) => (...values: T) => {
      if (run === this.run) hear(...values);
    };
    return {
      state: ifCurrent(message => this.hearState(message)),
      frame: ifCurrent((machine, blob) => this.listener.frame(machine, blob)),
      sound: ifCurrent((machine, format, bytes) => this.listener.sound(machine, format, bytes)),
      pointer: ifCurrent((mark, machine, x, y) => this.listener.pointer(mark, machine, x, y)),
      text: ifCurrent((machine, message) => this.listener.text(machine, message)),
      typing: ifCurrent((machine, message) => this.listener.typing(machine, message)),
    };
  }

  private hearState(message: unknown): void {
    const state = readSessionState(message);
    if (state === null) return;
    this.heardState = true;
    this.countdown.stop();
    if (state.state === 'ended') this.finish(state.reason ?? 'unknown', state.message);
    else this.enter(phaseOf(state));
  }

  /** Asks the service what became of the session; true when that is the end of it. */
  private async findOutWhy(session: SessionKey, run: number, otherwise: string): Promise<boolean> {
    let reason = otherwise;
    let message = '';
    try {
      const summary = await this.api.find(session);
      if (summary.state !== 'ended' && otherwise === 'connectionLost') return false;
      reason = summary.reason ?? otherwise;
      message = summary.message;
    } catch (error) {
      if (error instanceof ApiRefusal && !error.isPassing) {
        reason = 'gone';
        message = error.message;
      }
    }
    if (run === this.run) this.finish(reason, message);
    return true;
  }

  private finish(reason: string, message: string): void {
    this.run++;
    this.session = null;
    // A session that only could not be reached may still be there when Start is pressed again.
    if (reason !== 'connectionLost') this.memory.forget();
    this.dropHub();
    this.enter({ name: 'ended', reason, message });
  }

  private dropHub(): void {
    this.countdown.stop();
    this.wake();
    const hub = this.hub;
    this.hub = null;
    void hub?.close();
  }

  private async pause(milliseconds: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>(resolve => {
      this.wake = resolve;
      timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(timer);
  }

  private enter(phase: Phase): void {
    this.current = phase;
    this.listener.phase(phase);
  }
}

function phaseOf(state: SessionState): Phase {
  return state.state === 'running' ? { name: 'running', session: state } : { name: state.state as 'queued' | 'starting', message: state.message };
}
