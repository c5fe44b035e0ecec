import type { WatchingActions } from '../bar/watching/actions';
import { strings } from '../strings/en';
import type { SessionApi, SessionKey } from './session-api';
import type { SessionFlow } from './session-flow';
import { WatchLinks, type LinkKind, type WatchLink } from './watch-links';

/** Brings what the visitor does about watching together to the service and to the hub. */
export class Together implements WatchingActions {
  readonly point: WatchingActions['point'];
  readonly speak: WatchingActions['speak'];
  private readonly links: WatchLinks;

  constructor(private readonly flow: () => SessionFlow, api: SessionApi, page: Pick<WatchingActions, 'point' | 'speak'>) {
    this.links = new WatchLinks(api);
    this.point = isPointing => page.point(isPointing);
    this.speak = words => page.speak(words);
  }

  send(method: string, ...values: unknown[]): void {
    this.flow().send(method, ...values);
  }

  async ask(method: string, ...values: unknown[]): Promise<string | null> {
    try {
      const problem = await this.flow().ask(method, ...values);
      return typeof problem === 'string' && problem !== '' ? problem : null;
    } catch {
      // The connection was lost first.
      return strings.watch.failed;
    }
  }

  async makeLink(kind: LinkKind): Promise<WatchLink> {
    return await this.links.make(this.session, kind);
  }

  async listLinks(): Promise<WatchLink[]> {
    return await this.links.list(this.session);
  }

  async endLink(id: string): Promise<void> {
    await this.links.end(this.session, id);
  }

  async endLinks(): Promise<void> {
    await this.links.endAll(this.session);
  }

  private get session(): SessionKey {
    const { held } = this.flow();
    if (held === null) throw new Error(strings.watch.failed);
    return held;
  }
}
