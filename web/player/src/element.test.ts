import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PreservePlayer } from './element';
import { SessionApi } from './session/session-api';
import { strings } from './strings/en';
import { FakeHubs } from './testing/fake-hub';
import { serviceWithExhibit, type FakeService } from './testing/fake-service';
import { runningState } from './testing/session-states';

if (customElements.get('preserve-player') === undefined) customElements.define('preserve-player', PreservePlayer);

let service: FakeService;
let hubs: FakeHubs;
let player: PreservePlayer;

beforeEach(() => {
  service = serviceWithExhibit();
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
});

/** Lets answers arrive. */
const settle = () => new Promise(resolve => setTimeout(resolve));

function show(attributes: Record<string, string> = {}): void {
  player = document.createElement('preserve-player') as PreservePlayer;
  for (const [name, value] of Object.entries({ exhibit: 'freedos', label: 'FreeDOS 1.3', ...attributes })) player.setAttribute(name, value);
  document.body.append(player);
}

async function run(changes = {}, machine = {}): Promise<void> {
  show();
  player.start();
  await settle();
  hubs.last.worker.state(runningState(changes, machine));
}

/** The connection is lost and found again. */
async function loseAndFind(meanwhile: () => void = () => {}): Promise<void> {
  const before = hubs.last;
  before.lose();
  await settle();
  meanwhile();
  window.dispatchEvent(new Event('online'));
  await vi.waitUntil(() => hubs.last !== before);
  hubs.last.worker.state(runningState());
}

/** What a visitor can see, without what is hidden. */
function seen(): string {
  const hidden = (element: Element | null): boolean => element !== null && (element.hasAttribute('hidden') || hidden(element.parentElement));
  return [...player.shadowRoot!.querySelectorAll('button, p, span, option')].filter(each => !hidden(each)).map(each => each.textContent).join('|');
}

function button(label: string): HTMLButtonElement {
  return [...player.shadowRoot!.querySelectorAll('button')].find(each => each.textContent === label && !each.hidden)!;
}

const stage = () => player.shadowRoot!.querySelector<HTMLElement>('.stage')!;
const key = (kind: string, code: string) => stage().dispatchEvent(new KeyboardEvent(kind, { code, bubbles: true, cancelable: true }));

test('before it starts there is one button, which says what it starts', () => {
  show();
  expect(player.state).toBe('ready');
  expect(seen()).toContain(strings.start);
  expect(button(strings.start).getAttribute('aria-label')).toBe('Start: FreeDOS 1.3');
});

test('Start starts', async () => {
  show();
  button(strings.start).click();
  await settle();
  expect(player.state).toBe('starting');
  expect(seen()).toContain(strings.starting);
});

test('a Start button of the page starts the exhibit it names, and no other', async () => {
  show({ 'start-outside': '' });
  document.body.insertAdjacentHTML('beforeend', '<button data-start="other"></button><button data-start="freedos"><b>Start</b></button>');
  expect(seen()).not.toContain(strings.start);
  document.querySelector<HTMLElement>('[data-start="other"]')!.click();
  expect(player.state).toBe('ready');
  document.querySelector<HTMLElement>('[data-start="freedos"] b')!.click();
  expect(player.state).toBe('asking');
});

test('each change of state is an event on the page', async () => {
  const states: string[] = [];
  document.body.addEventListener('preserve-state', event => states.push((event as CustomEvent).detail.state));
  await run();
  expect(states).toEqual(['ready', 'asking', 'starting', 'running']);
});

test('a running machine has its screen, its bar and its bays', async () => {
  await run();
  expect(seen()).toContain(strings.media.title);
  button(strings.media.title).click();
  expect(seen()).toContain('Disk 2');
  expect(stage().getAttribute('aria-label')).toBe(strings.screenIdle('FreeDOS'));
});

test('keys go to the machine after Enter, and not after the chord', async () => {
  await run();
  key('keydown', 'Enter');
  expect(seen()).toContain(strings.leaveHint);
  key('keydown', 'KeyA');
  key('keyup', 'KeyA');
  for (const kind of ['keydown', 'keyup']) for (const code of ['ControlLeft', 'AltLeft']) key(kind, code);
  key('keydown', 'KeyB');
  expect(hubs.last.sent).toEqual([
    ['Key', 0, 0x1e, 0, true], ['Key', 0, 0x1e, 0, false],
    ['Key', 0, 0x1d, 0, true], ['Key', 0, 0x38, 0, true], ['Key', 0, 0x1d, 0, false], ['Key', 0, 0x38, 0, false],
    ['ReleaseAll', 0],
  ]);
  expect(seen()).not.toContain(strings.leaveHint);
});

test('one who watches has no way to control', async () => {
  await run({ role: 'watch' });
  key('keydown', 'Enter');
  key('keydown', 'KeyA');
  expect(hubs.last.sent).toEqual([]);
  expect(seen()).not.toContain(strings.reset);
});

test('a chord of the menu goes to the machine', async () => {
  await run();
  button(strings.keys).click();
  button(strings.chords.escape).click();
  expect(hubs.last.sent).toEqual([['Key', 0, 1, 0xff1b, true], ['Key', 0, 1, 0xff1b, false]]);
});

test('Escape closes the menu and the focus is on its button again', async () => {
  await run();
  button(strings.keys).click();
  button(strings.chords.escape).dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  expect(button(strings.keys).getAttribute('aria-expanded')).toBe('false');
  expect(player.shadowRoot!.activeElement).toBe(button(strings.keys));
});

test('a medium of the shelf is put in the bay, and a refusal is told', async () => {
  await run();
  button(strings.media.title).click();
  hubs.last.answers = { ChangeMedium: 'The drive is locked.' };
  button(strings.media.putIn('Disk 2')).click();
  await settle();
  expect(hubs.last.sent).toContainEqual(['ChangeMedium', 0, 'fd0', 'b'.repeat(64)]);
  expect(player.shadowRoot!.querySelector('.answer')!.textContent).toBe('The drive is locked.');
});

test('a disk is ejected, protected and made with a button each, and what is done is said', async () => {
  await run();
  button(strings.media.title).click();
  for (const [label, sent] of [
    [strings.media.eject, ['ChangeMedium', 0, 'fd0', null]], [strings.media.protect, ['ProtectMedium', 0, 'fd0', true]], [strings.media.blank, ['InsertBlank', 0, 'fd0']],
  ] as const) {
    button(label).click();
    await settle();
    expect(hubs.last.sent).toContainEqual(sent);
  }
  expect(player.shadowRoot!.querySelector('.answer')!.textContent).toBe(strings.media.done.blank('Drive A'));
});

test('a floppy that does not go in a drive is out of use there, with the reason', async () => {
  const why = '"Old disk" is a 5.25-inch floppy; Drive A takes floppies of 3.5 inches.';
  await run({}, { shelf: [{ medium: 'c'.repeat(64), label: 'Old disk', kind: 'floppy', misfits: { fd0: why } }] });
  button(strings.media.title).click();
  const choice = [...player.shadowRoot!.querySelectorAll<HTMLButtonElement>('.shelf button')][0]!;
  expect(choice.disabled).toBe(true);
  expect(choice.textContent).toContain(why);
});

test('a change of the media leaves the focus in the tray', async () => {
  await run();
  button(strings.media.title).click();
  button(strings.media.eject).focus();
  const empty = { id: 'fd0', title: 'Drive A', kind: 'floppy', removable: true, medium: null };
  hubs.last.worker.state(runningState({}, { bays: [empty] }));
  expect((player.shadowRoot!.activeElement as HTMLElement).closest('.tray')).not.toBeNull();
});

test('sound is offered only where the machine has it', async () => {
  await run();
  expect(seen()).not.toContain(strings.soundOff);
  hubs.last.worker.state(runningState({}, { sound: true }));
  expect(seen()).toContain(strings.soundOff);
});

test('a lost connection says how long the place is held, once aloud', async () => {
  await run();
  hubs.last.lose();
  await settle();
  expect(seen()).toContain(strings.reconnecting(45));
  expect(player.shadowRoot!.querySelector('.spoken')!.textContent).toBe(strings.reconnectingSpoken);
});

test('whoever had the keyboard in the machine when the connection was lost has it there again', async () => {
  await run();
  stage().focus();
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  key('keydown', 'Enter');
  await loseAndFind();
  key('keydown', 'KeyA');
  expect(hubs.last.sent).toContainEqual(['Key', 0, 0x1e, 0, true]);
});

test('whoever turned to something else meanwhile is not torn back into the machine', async () => {
  await run();
  stage().focus();
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  key('keydown', 'Enter');
  await loseAndFind(() => button(strings.leave).focus());
  expect(player.shadowRoot!.querySelector('.entered')).toBeNull();
});

test('what is typed on glass is typed by the service, on the layout of the machine', async () => {
  await run();
  const field = player.shadowRoot!.querySelector<HTMLInputElement>('.typing')!;
  hubs.last.answers = { TypeText: null };
  field.value += 'z';
  field.dispatchEvent(Object.assign(new Event('input'), { inputType: 'insertText', isComposing: false }));
  expect(hubs.last.sent).toEqual([['TypeText', 0, 'z', 'us', false]]);
  await settle();
  hubs.last.worker.typing(0, { typed: 1, total: 1, outcome: 'typed', unknown: [] });
  expect(strip().hidden).toBe(true);
});

test('the end says why, in the emulator\'s words where it has some, and offers to start again', async () => {
  await run();
  hubs.last.worker.state(runningState({ state: 'ended', reason: 'crashed', message: 'no bootable device' }));
  expect(seen()).toContain('no bootable device');
  expect(seen()).toContain(strings.startAgain);
});

test.each(Object.keys(strings.reasons))('the reason %s has words of its own', async reason => {
  await run();
  hubs.last.worker.state(runningState({ state: 'ended', reason }));
  expect(seen()).toContain(strings.reasons[reason as keyof typeof strings.reasons]);
});

test('words of the emulator are text and never markup', async () => {
  await run();
  hubs.last.worker.state(runningState({ state: 'ended', reason: 'crashed', message: '<img src=x>' }));
  expect(player.shadowRoot!.querySelector('img')).toBeNull();
});

test('Leave gives the machine back', async () => {
  await run();
  button(strings.leave).click();
  await settle();
  expect(service.asked.at(-1)?.method).toBe('DELETE');
  expect(player.state).toBe('ended');
});

test('moving the element within the page keeps the session', async () => {
  await run();
  const elsewhere = document.createElement('main');
  document.body.append(elsewhere);
  elsewhere.append(player);
  await settle();
  expect(player.state).toBe('running');
  expect(hubs.opened).toHaveLength(1);
});

test('a hidden page tells the worker', async () => {
  await run();
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(hubs.last.sent).toContainEqual(['Visible', false]);
});

test('two machines can be chosen between', async () => {
  const first = runningState();
  const second = { ...(first['machines'] as object[])[0], machine: 1, title: 'Second' };
  await run({ machines: [...first['machines'] as object[], second] });
  const select = player.shadowRoot!.querySelector<HTMLSelectElement>('.controls > select')!;
  select.value = '1';
  select.dispatchEvent(new Event('change'));
  const stages = [...player.shadowRoot!.querySelectorAll<HTMLElement>('.stage')];
  expect(stages.map(each => each.hidden)).toEqual([true, false]);
});

const strip = () => player.shadowRoot!.querySelector<HTMLElement>('.paste-strip')!;
function paste(text: string): void {
  stage().dispatchEvent(Object.assign(new Event('paste', { bubbles: true, cancelable: true }), { clipboardData: { getData: () => text } }));
}

test('text pasted on the screen is typed by the service, which tells how far it is', async () => {
  await run();
  hubs.last.answer = { problem: null, unknown: [], byNumber: [] };
  paste('dir\n');
  hubs.last.answers = { TypeText: null };
  await settle();
  expect(hubs.last.sent).toEqual([['PlanText', 0, 'dir\n', 'us'], ['TypeText', 0, 'dir\n', 'us', false]]);
  hubs.last.worker.typing(0, { typed: 2, total: 4, outcome: null, unknown: [] });
  expect(strip().querySelector('progress')!.value).toBe(0.5);
  button(strings.stopTyping).click();
  expect(hubs.last.sent.at(-1)).toEqual(['StopTyping', 0]);
  hubs.last.worker.typing(0, { typed: 3, total: 4, outcome: 'stopped', unknown: [] });
  expect(seen()).toContain(strings.pasteStopped(3, 4));
});

test('characters that cannot be typed are named before anything is typed, and the visitor decides', async () => {
  await run();
  hubs.last.answer = { problem: null, unknown: ['é', '☂'], byNumber: ['é'] };
  hubs.last.answers = { TypeText: null };
  paste('é☂x');
  await settle();
  expect(strip().textContent).toContain('These 2 characters cannot be typed on this machine: é (U+00E9), ☂ (U+2602)');
  expect(hubs.last.sent.some(([method]) => method === 'TypeText')).toBe(false);
  button(strings.typeByNumber).click();
  await settle();
  expect(hubs.last.sent.at(-1)).toEqual(['TypeText', 0, 'é☂x', 'us', true]);
});

test('a text that is too long is refused here and not sent', async () => {
  await run();
  paste('x'.repeat(10_001));
  await settle();
  expect(hubs.last.sent).toEqual([]);
  expect(seen()).toContain('10,001');
});

test('one who watches cannot paste', async () => {
  await run({ role: 'watch' });
  paste('dir');
  await settle();
  expect(hubs.last.sent).toEqual([]);
});

test('Ctrl+Shift+V in the machine is the browser\'s paste, and no key of it stays down', async () => {
  await run();
  key('keydown', 'Enter');
  key('keydown', 'ControlLeft');
  key('keydown', 'ShiftLeft');
  const v = new KeyboardEvent('keydown', { code: 'KeyV', ctrlKey: true, shiftKey: true, bubbles: true, cancelable: true });
  stage().dispatchEvent(v);
  expect(v.defaultPrevented).toBe(false);
  const again = new KeyboardEvent('keydown', { code: 'KeyV', ctrlKey: true, shiftKey: true, repeat: true, bubbles: true, cancelable: true });
  stage().dispatchEvent(again);
  expect(again.defaultPrevented).toBe(true);
  expect(hubs.last.sent.at(-1)).toEqual(['ReleaseAll', 0]);
});

const screen = (...lines: string[]) => ({
  columns: 80, rows: 3, codePage: 'cp437', isWhole: true, cursorRow: 0, cursorColumn: 0, lines: lines.map((text, row) => ({ row, text })),
});

test('the text is asked for while its panel is open, and a new connection is asked again', async () => {
  await run();
  hubs.last.worker.text(0, screen('unasked'));
  button(strings.text).click();
  expect(hubs.last.sent).toEqual([['ReadText', 0, true]]);
  hubs.last.worker.text(0, screen('A:\\>'));
  expect(player.shadowRoot!.querySelector('.rows')!.textContent).toBe('A:\\>');
  hubs.last.worker.text(0, null);
  expect(seen()).toContain(strings.noTextNow);
  button(strings.text).click();
  expect(hubs.last.sent.at(-1)).toEqual(['ReadText', 0, false]);
});

test('nothing is announced until it was chosen; chosen, it is remembered and the panel may be closed', async () => {
  const live = () => player.shadowRoot!.querySelector('[aria-live]')!.textContent;
  const choose = (isOn: boolean) => {
    const box = player.shadowRoot!.querySelector<HTMLInputElement>('.check input')!;
    box.checked = isOn;
    box.dispatchEvent(new Event('change'));
  };
  await run();
  button(strings.text).click();
  hubs.last.worker.text(0, screen('A:\\>'));
  expect(live()).toBe('');
  choose(true);
  hubs.last.worker.text(0, screen('A:\\>ver'));
  expect(live()).toBe('A:\\>ver');
  button(strings.text).click();
  expect(hubs.last.sent).toEqual([['ReadText', 0, true]]);
  expect(localStorage.getItem('preserve.readsAloud')).toBe('yes');
  choose(false);
  expect(hubs.last.sent.at(-1)).toEqual(['ReadText', 0, false]);
});

test('a machine without text has the button out of use, with the reason', async () => {
  await run({}, { text: false });
  expect(button(strings.text).disabled).toBe(true);
  expect(button(strings.text).title).toBe(strings.noTextMachine);
});

test('a text typed in the Keys panel closes the panel, and the focus is on what can be done next', async () => {
  await run();
  hubs.last.answer = { problem: null, unknown: ['é'], byNumber: [] };
  button(strings.keys).click();
  player.shadowRoot!.querySelector<HTMLTextAreaElement>('.paste-text')!.value = 'é!';
  button(strings.typeIt).click();
  await settle();
  expect(button(strings.keys).getAttribute('aria-expanded')).toBe('false');
  expect(player.shadowRoot!.activeElement).toBe(button(strings.typeRest));
});

const keyOnScreen = (code: string) => player.shadowRoot!.querySelector<HTMLButtonElement>(`.key[data-code="${code}"]`)!;
const touchKey = (target: HTMLElement, kind: string) => target.dispatchEvent(Object.assign(new Event(kind, { bubbles: true, cancelable: true }), { button: 0, pointerId: 7 }));
const keysSent = () => hubs.last.sent.filter(([method]) => method === 'Key').map(([, , scancode, , isDown]) => `${(scancode as number).toString(16)} ${isDown ? 'down' : 'up'}`);

test('the keyboard on the screen is hidden until asked for, and has the keys of the machine\'s year with its layout', async () => {
  await run({}, { keyboard: 'xt', layout: 'de' });
  expect(player.shadowRoot!.querySelector<HTMLElement>('.keyboard')!.hidden).toBe(true);
  button(strings.keyboard.title).click();
  expect(player.shadowRoot!.querySelectorAll('.key')).toHaveLength(83);
  expect(keyOnScreen('KeyY').textContent).toBe('Z');
  expect(keyOnScreen('Digit2').getAttribute('aria-label')).toBe('2, with Shift quotation mark');
});

test('a key under a finger is down in the machine for as long as the finger is, and the focus stays', async () => {
  await run();
  button(strings.keyboard.title).click();
  stage().focus();
  touchKey(keyOnScreen('KeyA'), 'pointerdown');
  expect(keysSent()).toEqual(['1e down']);
  touchKey(keyOnScreen('KeyA'), 'pointerup');
  expect(keysSent()).toEqual(['1e down', '1e up']);
  expect(player.shadowRoot!.activeElement).toBe(stage());
});

test('a key of the screen is pressed by a screen reader\'s click too, with Shift tapped before it', async () => {
  await run();
  button(strings.keyboard.title).click();
  keyOnScreen('ShiftLeft').click();
  expect(keyOnScreen('ShiftLeft').getAttribute('aria-pressed')).toBe('true');
  keyOnScreen('KeyA').click();
  expect(keysSent()).toEqual(['2a down', '1e down', '1e up', '2a up']);
  expect(keyOnScreen('ShiftLeft').getAttribute('aria-pressed')).toBe('false');
});

test('closing the keyboard on the screen lets go of what is held', async () => {
  await run();
  button(strings.keyboard.title).click();
  keyOnScreen('ControlLeft').click();
  button(strings.keyboard.title).click();
  expect(keysSent()).toEqual(['1d down', '1d up']);
});

test('with arrow keys the focus goes from key to key, and Escape closes the keyboard', async () => {
  await run();
  button(strings.keyboard.title).click();
  keyOnScreen('KeyA').focus();
  keyOnScreen('KeyA').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
  expect(player.shadowRoot!.activeElement).toBe(keyOnScreen('KeyS'));
  expect(keyOnScreen('KeyS').tabIndex).toBe(0);
  keyOnScreen('KeyS').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  expect(player.shadowRoot!.querySelector<HTMLElement>('.keyboard')!.hidden).toBe(true);
});

test('quick keys of the exhibit are buttons for whoever controls', async () => {
  const input = { keyboard: '', quickKeys: [{ label: 'Stop', codes: ['ControlLeft', 'KeyC'] }], gamepad: null };
  await run({ input });
  button('Stop').click();
  expect(keysSent()).toEqual(['1d down', '2e down', '2e up', '1d up']);
  hubs.last.worker.state(runningState({ input, role: 'watch' }));
  expect(player.shadowRoot!.querySelector<HTMLElement>('.quick')!.hidden).toBe(true);
});
