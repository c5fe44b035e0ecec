import type { Phase } from '../session/phase';
import { strings } from '../strings/en';
import { make, makeButton } from './elements';

/** The words over the screen while there is nothing to use: what is happening, or why it ended, and the button that helps. */
export class Notice {
  readonly element: HTMLElement;
  private readonly title = make('p', { className: 'title' });
  private readonly detail = make('p', { className: 'detail' });
  private readonly button: HTMLButtonElement;
  private readonly leave: HTMLButtonElement;

  /** @param offersStart false where the page has a Start button of its own @param isWatching whether the visitor came by a watch link */
  constructor(private readonly exhibitTitle: string, private readonly offersStart: boolean, private readonly isWatching: boolean, start: () => void, leave: () => void) {
    this.button = makeButton(strings.start, start, 'start');
    this.leave = makeButton(strings.leave, leave);
    this.leave.title = strings.leaveSession;
    this.element = make('div', { className: 'notice' }, this.title, this.detail, this.button, this.leave);
  }

  show(phase: Phase): void {
    const { title, detail } = wordsOf(phase, this.isWatching);
    const canStart = phase.name === 'ended' || phase.name === 'refused' || phase.name === 'ready' && this.offersStart;
    this.title.textContent = title;
    this.title.hidden = title === '';
    this.detail.textContent = detail;
    this.detail.hidden = detail === '';
    this.button.hidden = !canStart;
    this.button.textContent = phase.name === 'ready' ? strings.start : this.isWatching ? strings.watch.again : strings.startAgain;
    // The name that is spoken begins with the words that are seen, so that voice control finds the button.
    if (this.exhibitTitle) this.button.setAttribute('aria-label', strings.startExhibit(this.button.textContent, this.exhibitTitle));
    this.leave.hidden = phase.name !== 'queued' && phase.name !== 'starting';
    this.element.dataset['phase'] = phase.name;
    this.element.hidden = phase.name === 'running' || phase.name === 'ready' && !canStart;
  }
}

/** What a phase says in plain words. */
export function wordsOf(phase: Phase, isWatching: boolean): { readonly title: string; readonly detail: string } {
  switch (phase.name) {
    case 'ready': return { title: '', detail: '' };
    case 'asking': return { title: isWatching ? strings.watch.opening : strings.asking, detail: '' };
    case 'queued': return { title: strings.queued, detail: phase.message || strings.queuedDetail };
    case 'starting': return { title: strings.starting, detail: phase.message };
    case 'running': return { title: strings.running, detail: phase.session.role === 'watch' ? strings.watching : '' };
    case 'reconnecting':
      return { title: phase.secondsLeft === null ? strings.reconnectingNow : strings.reconnecting(phase.secondsLeft), detail: '' };
    case 'refused': return { title: isWatching ? strings.watch.notPossible : strings.refused, detail: phase.message };
    case 'ended': return {
      title: isWatching ? strings.watch.ended : strings.ended, detail: whyEnded(phase.reason, phase.message, isWatching),
    };
  }
}

function whyEnded(reason: string, message: string, isWatching: boolean): string {
  const reasons: Readonly<Record<string, string>> = isWatching ? { ...strings.reasons, ...strings.watch.reasons } : strings.reasons;
  const words = Object.hasOwn(reasons, reason) ? reasons[reason]! : strings.reasons.unknown;
  // The emulator and the service know more than we do.
  return ['crashed', 'startFailed', 'gone'].includes(reason) && message ? message : words;
}
