import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { strings } from '../strings/en';
import { SoundControl } from './sound-control';

/** As much of an audio context as the control touches; a test may block it, as browsers do. */
class FakeAudioContext {
  static last: FakeAudioContext;
  static isBlocked = false;
  state = FakeAudioContext.isBlocked ? 'suspended' : 'running';
  currentTime = 0;
  destination = {};
  onstatechange: (() => void) | null = null;
  readonly gain = { gain: { value: 1 }, connect: (to: unknown) => to };

  constructor() {
    FakeAudioContext.last = this;
  }

  createGain() {
    return this.gain;
  }

  async resume() {
    if (FakeAudioContext.isBlocked) return;
    this.state = 'running';
    this.onstatechange?.();
  }

  async suspend() {
    this.state = 'suspended';
  }

  async close() {
    this.state = 'closed';
  }
}

let asked: (readonly number[] | null)[];
let control: SoundControl;

beforeEach(() => {
  localStorage.clear();
  FakeAudioContext.isBlocked = false;
  vi.stubGlobal('AudioContext', FakeAudioContext);
  vi.stubGlobal('AnalyserNode', class { connect() {} });
  vi.stubGlobal('AudioDecoder', undefined);
  vi.stubGlobal('BUILD', { opusDecoder: 'no-such-script.js', soundWorklet: 'no-such-script.js' });
  asked = [];
  control = new SoundControl(formats => asked.push(formats));
});
afterEach(() => vi.unstubAllGlobals());

const button = () => control.element.querySelector('button')!;
const volume = () => control.element.querySelector('input')!;

test('sound is off until the button is pressed, and the button says so', () => {
  expect(button().textContent).toBe(strings.soundOff);
  expect(volume().hidden).toBe(true);
  expect(asked).toEqual([]);
});

test('pressed, it asks for what it can decode, and for nothing once pressed again', async () => {
  button().click();
  await vi.waitFor(() => expect(asked).toEqual([[0]]));
  expect(button().textContent).toBe(strings.soundOn);
  expect(volume().hidden).toBe(false);
  button().click();
  expect(asked).toEqual([[0], null]);
  expect(FakeAudioContext.last.state).toBe('closed');
});

test('what the browser keeps silent says so, and sounds after one more press', async () => {
  FakeAudioContext.isBlocked = true;
  button().click();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  expect(button().textContent).toBe(strings.soundBlocked);
  FakeAudioContext.isBlocked = false;
  button().click();
  expect(button().textContent).toBe(strings.soundOn);
});

test('a hidden tab stops listening and goes on when it is seen again', async () => {
  button().click();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  control.setVisible(false);
  control.rejoin();
  expect(asked).toEqual([[0], null]);
  control.setVisible(true);
  expect(asked).toEqual([[0], null, [0]]);
});

test('a new connection is asked for sound only while sound is on', async () => {
  control.rejoin();
  expect(asked).toEqual([]);
  button().click();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  control.rejoin();
  expect(asked).toEqual([[0], [0]]);
});

test('the volume is kept for the next machine', () => {
  volume().valueAsNumber = 30;
  volume().dispatchEvent(new Event('input'));
  expect(new SoundControl(() => {}).element.querySelector('input')!.valueAsNumber).toBe(30);
  button().click();
  expect(FakeAudioContext.last.gain.gain.value).toBeCloseTo(0.09);
});
