import { HttpTransportType, HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import type { HubTicket } from '../session/session-api';
import type { Hub, HubListener } from './hub';

const openTimeoutInMilliseconds = 10_000;

/** The hub over SignalR: MessagePack on a WebSocket, without negotiation. */
export class SignalRHub implements Hub {
  readonly closed: Promise<void>;
  private readonly connection: HubConnection;

  constructor(ticket: HubTicket, listener: HubListener) {
    this.connection = new HubConnectionBuilder()
      .withUrl(new URL(ticket.hub, document.baseURI).href, {
        skipNegotiation: true,
        transport: HttpTransportType.WebSockets,
        accessTokenFactory: () => ticket.ticket,
      })
      .withHubProtocol(new MessagePackHubProtocol())
      // The library would log the address, and with it the ticket.
      .configureLogging(LogLevel.None)
      .build();
    this.connection.on('state', message => listener.state(message));
    this.connection.on('frame', (machine: number, blob: Uint8Array) => listener.frame(machine, blob));
    this.connection.on('sound', (machine: number, format: number, bytes: Uint8Array) => listener.sound(machine, format, bytes));
    this.connection.on('pointer', (mark: number, machine: number, x: number, y: number) => listener.pointer(mark, machine, x, y));
    this.connection.on('text', (machine: number, message: unknown) => listener.text(machine, message));
    this.connection.on('typing', (machine: number, message: unknown) => listener.typing(machine, message));
    this.closed = new Promise(resolve => this.connection.onclose(() => resolve()));
  }

  async open(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('The hub did not answer in time.')), openTimeoutInMilliseconds);
    });
    try {
      await Promise.race([this.connection.start(), tooLate]);
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  send(method: string, ...values: unknown[]): void {
    this.connection.send(method, ...values).catch(() => {
      // Only a closed connection refuses, and `closed` tells that.
    });
  }

  ask(method: string, ...values: unknown[]): Promise<unknown> {
    return this.connection.invoke(method, ...values);
  }

  async close(): Promise<void> {
    await this.connection.stop().catch(() => {
      // It never opened, or is closed already: both are what was wanted.
    });
  }
}
