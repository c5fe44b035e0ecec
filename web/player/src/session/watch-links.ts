import { text, type SessionApi, type SessionKey } from './session-api';

export type LinkKind = 'watch' | 'tour';

/** A link that others can watch by. */
export interface WatchLink {
  readonly id: string;
  readonly kind: LinkKind;
  /** Whole, with the secret; null where another page has made it: it is said only once. */
  readonly address: string | null;
}

/** The watch links of a session, and the addresses of those that this tab has made. All throw ApiRefusal or ServiceUnreachable. */
export class WatchLinks {
  constructor(private readonly api: SessionApi) {}

  async make(session: SessionKey, kind: LinkKind): Promise<WatchLink> {
    const answer = await this.api.ask('POST', this.path(session), session.key, { kind });
    const link = { id: text(answer, 'id'), kind, address: new URL(text(answer, 'path'), document.baseURI).href };
    this.remember(session, { ...this.addresses(session), [link.id]: link.address });
    return link;
  }

  async list(session: SessionKey): Promise<WatchLink[]> {
    const answer = await this.api.ask('GET', this.path(session), session.key);
    const addresses = this.addresses(session);
    return (Array.isArray(answer) ? answer as Record<string, unknown>[] : []).map(link => {
      const id = text(link, 'id');
      return { id, kind: link['kind'] === 'tour' ? 'tour' : 'watch', address: addresses[id] ?? null };
    });
  }

  async end(session: SessionKey, id: string): Promise<void> {
    await this.api.ask('DELETE', `${this.path(session)}/${encodeURIComponent(id)}`, session.key);
  }

  async endAll(session: SessionKey): Promise<void> {
    await this.api.ask('DELETE', this.path(session), session.key);
  }

  private path(session: SessionKey): string {
    return `/sessions/${encodeURIComponent(session.id)}/links`;
  }

  private addresses(session: SessionKey): Record<string, string> {
    try {
      return JSON.parse(sessionStorage.getItem(nameOf(session)) ?? '{}') as Record<string, string>;
    } catch {
      // Storage is blocked, or holds something else: the links work, they only cannot be copied again.
      return {};
    }
  }

  private remember(session: SessionKey, addresses: Record<string, string>): void {
    try {
      sessionStorage.setItem(nameOf(session), JSON.stringify(addresses));
    } catch {
      // Storage is blocked: a reload forgets the addresses.
    }
  }
}

function nameOf(session: SessionKey): string {
  return `preserve.links.${session.id}`;
}
