import type { Sound, SoundCounts } from './format';

/** Something that plays sound into an audio context. */
export interface Outlet {
  readonly name: 'worklet' | 'scheduled';
  /** Plays after what came before; the arrays are the outlet's from now on. */
  play(sound: Sound): void;
  /** Forgets what waits: what comes next begins anew. */
  clear(): void;
  counts(): Promise<SoundCounts>;
}
