import { SignalRHub } from './connection/signalr-hub';
import type { OpenHub } from './connection/hub';
import type { Pixels } from './screen/screen';
import { SessionApi } from './session/session-api';
import { noReading, type SoundReading } from './sound/sound-output';
import { Player } from './player';

/** What the player is made of; tests put their own parts in. */
export interface Parts {
  readonly api: SessionApi;
  readonly openHub: OpenHub;
}

const defaultGraceInSeconds = 45;

/**
 * `<preserve-player exhibit="slug">`: starts a session of an exhibit and shows its machine.
 * What is inside the element is its poster. Attributes: `exhibit`, `label` (the exhibit's title), `grace` (seconds the service holds a place
 * for a lost connection), `start-outside` (the page has a Start button of its own). Any element of the page with `data-start`, or
 * `data-start="slug"`, starts as well; with `data-tour` it starts a guided tour. With `watch` (the id of a watch link) instead of `exhibit` it shows
 * somebody else's session; the link's secret is what stands behind the `#` of the page's address.
 * With `work` (a path below `/api` that starts a session) instead of `exhibit` a curator works at an environment.
 * Event `preserve-state`, bubbling, with `detail` of `state`, `reason`, `message`, at each change of `state`.
 */
export class PreservePlayer extends HTMLElement {
  static parts: () => Parts = () => ({ api: new SessionApi(), openHub: (ticket, listener) => new SignalRHub(ticket, listener) });

  private player: Player | null = null;

  /** `ready`, `asking`, `queued`, `starting`, `running`, `reconnecting`, `ended` or `refused`. */
  get state(): string {
    return this.player?.phase.name ?? 'ready';
  }

  /** Starts a session, or goes back to the one this tab has. Does nothing while one is under way. */
  start(): void {
    this.player?.start();
  }

  /** Leaves the session and gives the machine back. */
  end(): void {
    this.player?.end();
  }

  /** The picture of the machine in sight: RGBA, row by row. 0x0 while there is none. */
  async readPixels(): Promise<Pixels> {
    return await this.player?.readPixels() ?? { width: 0, height: 0, data: new Uint8ClampedArray() };
  }

  /** What is heard of the machine in sight, and how it is played: for level meters and tests. Without samples while sound is off. */
  async readSound(): Promise<SoundReading> {
    return await this.player?.readSound() ?? noReading;
  }

  connectedCallback(): void {
    if (this.player !== null) return;
    const work = this.getAttribute('work');
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    this.player = new Player(this, root, PreservePlayer.parts(), {
      exhibit: work === null ? this.getAttribute('exhibit') ?? '' : `work/${work}`,
      watch: this.getAttribute('watch'),
      label: this.getAttribute('label') ?? this.getAttribute('title') ?? '',
      graceInSeconds: Number(this.getAttribute('grace')) || defaultGraceInSeconds,
      offersStart: !this.hasAttribute('start-outside'),
    });
    this.player.resume();
  }

  disconnectedCallback(): void {
    // Moving an element within the page disconnects it for a moment: only what stays away lets go of the session.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.player?.dispose();
      this.player = null;
    });
  }
}
