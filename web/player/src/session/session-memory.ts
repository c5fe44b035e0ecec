import type { SessionKey } from './session-api';

/** Remembers an exhibit's session for this tab, so that a reloaded page finds its machine again. */
export class SessionMemory {
  private fallback: string | null = null;

  constructor(private readonly exhibit: string) {}

  load(): SessionKey | null {
    const stored = this.read();
    if (stored === null) return null;
    try {
      const value = JSON.parse(stored) as Partial<SessionKey> | null;
      return value !== null && typeof value.id === 'string' && typeof value.key === 'string' ? { id: value.id, key: value.key } : null;
    } catch {
      // Written by something else: as good as nothing.
      return null;
    }
  }

  save(session: SessionKey): void {
    this.fallback = JSON.stringify({ id: session.id, key: session.key });
    try {
      sessionStorage.setItem(this.name, this.fallback);
    } catch {
      // Storage is blocked: the session still works, it only does not survive a reload.
    }
  }

  forget(): void {
    this.fallback = null;
    try {
      sessionStorage.removeItem(this.name);
    } catch {
      // Storage is blocked: there is nothing to forget.
    }
  }

  private read(): string | null {
    try {
      return sessionStorage.getItem(this.name) ?? this.fallback;
    } catch {
      return this.fallback;
    }
  }

  private get name(): string {
    return `preserve.session.${this.exhibit}`;
  }
}
