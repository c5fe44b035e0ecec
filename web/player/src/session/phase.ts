import type { SessionState } from '../connection/session-state';

/** Where the visitor stands, from the first look at the poster to the end. `name` is what the element's `state` property says. */
export type Phase =
  | { readonly name: 'ready' }
  | { readonly name: 'asking' }
  | { readonly name: 'queued'; readonly message: string }
  | { readonly name: 'starting'; readonly message: string }
  | { readonly name: 'running'; readonly session: SessionState }
  /** `secondsLeft` is null while an earlier session is looked for after a reload. */
  | { readonly name: 'reconnecting'; readonly secondsLeft: number | null }
  | { readonly name: 'ended'; readonly reason: string; readonly message: string }
  | { readonly name: 'refused'; readonly message: string };
