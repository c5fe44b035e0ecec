import { strings } from '../strings/en';
import { ApiRefusal, text, type HubTicket, type SessionApi, type SessionDoor, type SessionKey, type SessionSummary } from './session-api';

/** Comes to somebody else's session by a watch link. The link's id takes the place of the session's, its secret that of the key. */
export class WatchDoor implements SessionDoor {
  readonly leaving = 'left';

  /** @param secret what stands behind the `#` of the link; empty when it is missing */
  constructor(private readonly api: SessionApi, private readonly link: string, private readonly secret: string) {}

  async start(): Promise<SessionKey & HubTicket> {
    if (this.secret === '') throw new ApiRefusal(404, strings.watch.incompleteLink);
    const found = { id: this.link, key: this.secret };
    return { ...found, ...await this.ticket(found) };
  }

  async ticket(link: SessionKey): Promise<HubTicket> {
    const answer = await this.api.ask('POST', `/watch/${encodeURIComponent(link.id)}/tickets`, link.key);
    return { hub: text(answer, 'hub'), ticket: text(answer, 'ticket') };
  }

  async find(link: SessionKey): Promise<SessionSummary> {
    const answer = await this.api.ask('GET', `/watch/${encodeURIComponent(link.id)}`, link.key);
    return { state: text(answer, 'state'), reason: null, message: '' };
  }

  /** Who watches only closes the own connection. */
  async end(): Promise<void> {}
}
