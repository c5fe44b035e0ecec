import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PreservePlayer } from './element';
import { SessionApi } from './session/session-api';
import { strings } from './strings/en';
import { FakeHubs } from './testing/fake-hub';
import { serviceWithExhibit, type FakeService } from './testing/fake-service';
import { runningState, watchingState } from './testing/session-states';

if (customElements.get('preserve-player') === undefined) customElements.define('preserve-player', PreservePlayer);

const words = strings.watch;
const ada = { number: 1, name: 'Ada', wish: 'none', link: 'l1' };
let service: FakeService;
let hubs: FakeHubs;
let player: PreservePlayer;

beforeEach(() => {
  service = serviceWithExhibit()
    .answer('POST /api/sessions/s1/links', 201, { id: 'l1', kind: 'watch', path: '/watch/l1#secret' })
    .answer('GET /api/sessions/s1/links', 200, [{ id: 'l1', kind: 'watch' }, { id: 'l2', kind: 'tour' }])
    .answer('DELETE /api/sessions/s1/links/l1', 204, null)
    .answer('POST /api/watch/w1/tickets', 200, { hub: '/hub/session', ticket: 'tw' });
  hubs = new FakeHubs();
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({} as never);
  PreservePlayer.parts = () => ({ api: new SessionApi(service.fetch), openHub: hubs.open });
});
afterEach(async () => {
  // The imitated document keeps the focus on what is removed, and stumbles over it.
  (player.shadowRoot?.activeElement as HTMLElement | null)?.blur();
  document.body.replaceChildren();
  await settle();
  sessionStorage.clear();
  location.hash = '';
});

const settle = () => new Promise(resolve => setTimeout(resolve));
const root = () => player.shadowRoot!;
const isHidden = (element: Element | null): boolean => element !== null && (element.hasAttribute('hidden') || isHidden(element.parentElement));
const seen = () => [...root().querySelectorAll('button, p, span, strong, li')].filter(each => !isHidden(each)).map(each => each.textContent).join('|');
const button = (label: string) => [...root().querySelectorAll('button')].find(each => each.textContent === label && !isHidden(each))!;
const spoken = () => root().querySelector('.spoken')!.textContent;

async function own(watching = {}): Promise<void> {
  player = document.createElement('preserve-player') as PreservePlayer;
  player.setAttribute('exhibit', 'freedos');
  document.body.append(player);
  player.start();
  await settle();
  tell(watching);
}

async function watch(hash = 'secret'): Promise<void> {
  location.hash = hash;
  player = document.createElement('preserve-player') as PreservePlayer;
  player.setAttribute('watch', 'w1');
  document.body.append(player);
  await settle();
}

const tell = (watching: object, role = 'control') => hubs.last.worker.state(runningState({ role, watching: watchingState(watching) }));
const asWatcher = (watching = {}, role = 'watch') => tell({ isOwner: false, number: 1, watchers: 1, ...watching }, role);

test('who has the machine sees how many are watching, and hears it once', async () => {
  await own();
  expect(seen()).not.toContain(words.count(1));
  tell({ watchers: 2, people: [ada, { ...ada, number: 2, name: '' }] });
  expect(seen()).toContain(words.count(2));
  expect(spoken()).toBe(words.count(2));
});

test('the panel says what a link shows before one is made, and a made link can be copied', async () => {
  await own();
  button(words.panel).click();
  expect(seen()).toContain(words.told);
  button(words.makeLink).click();
  await settle();
  expect(root().querySelector<HTMLInputElement>('.links input')!.value).toContain('/watch/l1#secret');
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: async () => {} } });
  button(words.copy).click();
  await settle();
  expect(seen()).toContain(words.copied);
  vi.unstubAllGlobals();
});

test('a link of another page is listed without its address, and can be ended', async () => {
  await own({ watchers: 1, people: [ada] });
  button(words.panel).click();
  await settle();
  expect(seen()).toContain(words.noAddress);
  expect(seen()).toContain(words.by(1));
  button(words.endLink).click();
  await settle();
  expect(service.asked).toContainEqual({ method: 'DELETE', path: '/api/sessions/s1/links/l1', authorization: 'Bearer k1' });
  expect(seen()).toContain(words.linkEnded);
});

test('a refusal of the service is told in its words', async () => {
  service.answer('POST /api/sessions/s1/links', 409, { detail: 'A session has at most 10 links.' });
  await own();
  button(words.panel).click();
  button(words.makeLink).click();
  await settle();
  expect(seen()).toContain('A session has at most 10 links.');
});

test('a question for the controls is shown and spoken without opening anything, as text', async () => {
  await own({ watchers: 1, people: [ada] });
  tell({ watchers: 1, people: [{ ...ada, name: '<b>Ada', wish: 'asking' }] });
  expect(seen()).toContain(words.asks('<b>Ada'));
  expect(root().querySelector('.requests b')).toBeNull();
  expect(spoken()).toContain(words.asks('<b>Ada'));
  button(words.give).click();
  button(words.refuse).click();
  expect(hubs.last.sent).toEqual([['GiveControl', 1], ['RefuseControl', 1]]);
});

test('the controls that were handed over can be taken back', async () => {
  await own({ watchers: 1, people: [ada] });
  tell({ watchers: 1, people: [ada], guest: 1 }, 'watch');
  expect(seen()).toContain(words.guestControls('Ada'));
  expect(seen()).not.toContain(strings.reset);
  button(words.takeBack).click();
  expect(hubs.last.sent).toEqual([['TakeControl']]);
});

test('the focus stays where it is when a list is drawn anew', async () => {
  await own({ watchers: 1, people: [ada] });
  button(words.panel).click();
  await settle();
  const offer = button(words.offer);
  offer.focus();
  tell({ watchers: 2, people: [ada, { ...ada, number: 2, name: 'Bob' }] });
  expect(root().activeElement?.getAttribute('aria-label')).toBe(words.offerTo('Ada'));
});

test('what is pointed out goes to the others and not to the machine', async () => {
  await own({ watchers: 1, people: [ada] });
  button(words.point).click();
  const stage = root().querySelector<HTMLElement>('.stage')!;
  stage.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));
  stage.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, cancelable: true }));
  await vi.waitFor(() => expect(hubs.last.sent.at(-1)?.[0]).toBe('PointOut'));
  button(words.point).click();
  expect(hubs.last.sent.at(-1)).toEqual(['PointOut', 0, -1, -1]);
  expect(hubs.last.sent.every(([method]) => method === 'PointOut' || method === 'ReleaseAll')).toBe(true);
});

test('what somebody else points out is ringed', async () => {
  await watch();
  asWatcher();
  await settle();
  hubs.last.worker.pointer(1, 0, 10, 10);
  await vi.waitFor(() => expect(root().querySelector('.highlight')?.hasAttribute('hidden')).toBe(false));
  hubs.last.worker.pointer(1, 0, -1, -1);
  expect(root().querySelector('.highlight')!.hasAttribute('hidden')).toBe(true);
});

test('a watch link leads straight in, with its secret and never in the address', async () => {
  await watch();
  expect(hubs.last.ticket.ticket).toBe('tw');
  expect(service.asked).toEqual([{ method: 'POST', path: '/api/watch/w1/tickets', authorization: 'Bearer secret' }]);
  asWatcher();
  expect(seen()).toContain(words.onlyWatching);
  expect(seen()).not.toContain(strings.reset);
  expect(seen()).not.toContain(words.panel);
});

test('a link without its secret says so and asks nobody', async () => {
  await watch('');
  expect(seen()).toContain(words.incompleteLink);
  expect(service.asked).toEqual([]);
});

test('a link that is refused says why in the words of the service', async () => {
  service.answer('POST /api/watch/w1/tickets', 410, { detail: 'The guide has ended it.' });
  await watch();
  expect(player.state).toBe('refused');
  expect(seen()).toContain('The guide has ended it.');
});

test.each(['linkEnded', 'tourEnded', 'full', 'stopped'] as const)('%s is told to a watcher in words of its own', async reason => {
  await watch();
  hubs.last.worker.state(runningState({ state: 'ended', reason }));
  expect(seen()).toContain(words.reasons[reason]);
});

test('a watcher asks, is offered, takes and gives back', async () => {
  await watch();
  asWatcher();
  root().querySelector<HTMLInputElement>('.question input')!.value = 'Ada';
  button(words.ask).click();
  asWatcher({ wish: 'asking' });
  expect(seen()).toContain(words.asking);
  asWatcher({ wish: 'offered' });
  button(words.take).click();
  asWatcher({ guest: 1 }, 'control');
  expect(seen()).toContain(strings.reset);
  expect(spoken()).toContain(words.yours);
  button(words.giveBack).click();
  expect(hubs.last.sent).toEqual([['AskControl', 'Ada'], ['TakeControl'], ['ReturnControl']]);
});

test('a watcher who leaves closes only the own connection', async () => {
  await watch();
  asWatcher();
  button(strings.leave).click();
  await settle();
  expect(seen()).toContain(words.reasons.left);
  expect(service.asked.some(each => each.method === 'DELETE')).toBe(false);
});

test('a button of the page starts a guided tour', async () => {
  service.answer('POST /api/sessions/s1/links', 201, { id: 'l2', kind: 'tour', path: '/watch/l2#secret' });
  player = document.createElement('preserve-player') as PreservePlayer;
  player.setAttribute('exhibit', 'freedos');
  document.body.append(player);
  document.body.insertAdjacentHTML('beforeend', '<button data-start="freedos" data-tour></button>');
  document.querySelector<HTMLElement>('[data-tour]')!.click();
  await settle();
  tell({});
  await settle();
  expect(seen()).toContain(words.tourLink);
});
