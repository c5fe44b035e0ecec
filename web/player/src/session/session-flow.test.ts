import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeHubs } from '../testing/fake-hub';
import { serviceWithExhibit } from '../testing/fake-service';
import { runningState } from '../testing/session-states';
import type { Phase } from './phase';
import { SessionApi } from './session-api';
import { SessionFlow } from './session-flow';
import { SessionMemory } from './session-memory';

const graceInSeconds = 45;

function arrange() {
  const service = serviceWithExhibit();
  const hubs = new FakeHubs();
  const phases: Phase[] = [];
  const frames: unknown[][] = [];
  const memory = new SessionMemory('freedos');
  const flow = new SessionFlow(new SessionApi(service.fetch), hubs.open, memory, {
    phase: phase => phases.push(phase),
    connected: () => {},
    frame: (...frame) => frames.push(frame),
    sound: () => {}, pointer: () => {},
    text: () => {},
    typing: () => {},
  }, graceInSeconds);
  return { service, hubs, phases, frames, memory, flow };
}

async function running() {
  const all = arrange();
  void all.flow.start('freedos');
  await settle();
  all.hubs.last.worker.state(runningState());
  return all;
}

/** Lets everything that is due happen, without time passing. */
const settle = () => vi.advanceTimersByTimeAsync(0);
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  sessionStorage.clear();
});

test('starting goes from asking over starting to running', async () => {
  const { phases, hubs } = await running();
  expect(phases.map(phase => phase.name)).toEqual(['asking', 'starting', 'running']);
  expect(hubs.last.ticket.ticket).toBe('t0');
});

test('a refused start says why, and can be tried again', async () => {
  const { service, flow, phases } = arrange();
  service.answer('POST /api/exhibits/freedos/sessions', 503, { detail: 'The museum is full.' });
  await flow.start('freedos');
  expect(phases.at(-1)).toEqual({ name: 'refused', message: 'The museum is full.' });
  service.answer('POST /api/exhibits/freedos/sessions', 201, { id: 's1', hub: '/hub/session', key: 'k1', ticket: 't0' });
  void flow.start('freedos');
  await settle();
  expect(flow.phase.name).toBe('starting');
});

test('starting twice starts one session', async () => {
  const { service, flow } = arrange();
  void flow.start('freedos');
  void flow.start('freedos');
  await settle();
  expect(service.asked.filter(each => each.path.endsWith('/sessions'))).toHaveLength(1);
});

test('a queued visitor is told so', async () => {
  const { hubs, flow } = await running();
  hubs.last.worker.state(runningState({ state: 'queued', message: 'You are second.' }));
  expect(flow.phase).toEqual({ name: 'queued', message: 'You are second.' });
});

test('a lost connection counts down and comes back with a fresh ticket', async () => {
  const { hubs, flow } = await running();
  hubs.last.lose();
  await settle();
  expect(flow.phase).toEqual({ name: 'reconnecting', secondsLeft: 45 });
  await pass(1);
  expect(hubs.opened).toHaveLength(2);
  expect(hubs.last.ticket.ticket).toBe('t-fresh');
  hubs.last.worker.state(runningState());
  expect(flow.phase.name).toBe('running');
});

test('while the service is away it keeps trying, ever more slowly', async () => {
  const { hubs, service, flow } = await running();
  service.isDown = true;
  hubs.last.lose();
  await pass(20);
  expect(flow.phase).toEqual({ name: 'reconnecting', secondsLeft: 25 });
  service.isDown = false;
  await pass(6);
  expect(hubs.opened).toHaveLength(2);
});

test('when the network comes back it does not wait', async () => {
  const { hubs, service, flow } = await running();
  service.isDown = true;
  hubs.last.lose();
  await pass(20);
  service.isDown = false;
  flow.hurry();
  await settle();
  expect(hubs.opened).toHaveLength(2);
});

test('after the grace period it says that the connection did not come back', async () => {
  const { hubs, service, flow, memory } = await running();
  service.isDown = true;
  hubs.last.lose();
  await pass(50);
  expect(flow.phase).toMatchObject({ name: 'ended', reason: 'connectionLost' });
  expect(memory.load()).not.toBeNull();
});

test('when the service ended the session meanwhile, its reason is told', async () => {
  const { hubs, service, flow, memory } = await running();
  service.answer('POST /api/sessions/s1/tickets', 409, { detail: 'The session has ended.' });
  service.answer('GET /api/sessions/s1', 200, { state: 'ended', reason: 'crashed', message: 'out of memory' });
  hubs.last.lose();
  await pass(1);
  expect(flow.phase).toEqual({ name: 'ended', reason: 'crashed', message: 'out of memory' });
  expect(memory.load()).toBeNull();
});

test('a session that is nowhere to be found is gone', async () => {
  const { hubs, service, flow } = await running();
  service.answer('POST /api/sessions/s1/tickets', 404, {}).answer('GET /api/sessions/s1', 404, {});
  hubs.last.lose();
  await pass(1);
  expect(flow.phase).toMatchObject({ name: 'ended', reason: 'gone' });
});

test('the end comes with its reason, and nothing is tried after it', async () => {
  const { hubs, flow } = await running();
  hubs.last.worker.state(runningState({ state: 'ended', reason: 'timeLimit' }));
  await pass(60);
  expect(flow.phase).toMatchObject({ name: 'ended', reason: 'timeLimit' });
  expect(hubs.opened).toHaveLength(1);
});

test('leaving ends the session at the service', async () => {
  const { service, flow } = await running();
  flow.end();
  await settle();
  expect(service.asked.at(-1)).toMatchObject({ method: 'DELETE', path: '/api/sessions/s1', authorization: 'Bearer k1' });
  expect(flow.phase).toMatchObject({ name: 'ended', reason: 'stopped' });
});

test('a reloaded page finds its session again', async () => {
  const { memory, flow, hubs, service } = arrange();
  memory.save({ id: 's1', key: 'k1' });
  void flow.resume();
  await settle();
  hubs.last.worker.state(runningState());
  expect(flow.phase.name).toBe('running');
  expect(service.asked.some(each => each.path.includes('exhibits'))).toBe(false);
});

test('a reloaded page whose session is over offers Start', async () => {
  const { memory, flow, service } = arrange();
  service.answer('POST /api/sessions/s1/tickets', 404, {});
  memory.save({ id: 's1', key: 'k1' });
  await flow.resume();
  expect(flow.phase.name).toBe('ready');
  expect(memory.load()).toBeNull();
});

test('a page that goes away leaves the session as it is', async () => {
  const { flow, service, memory } = await running();
  flow.detach();
  await settle();
  expect(service.asked.some(each => each.method === 'DELETE')).toBe(false);
  expect(memory.load()).not.toBeNull();
});

test('a page that goes away while its session is being started gives it back', async () => {
  const { flow, service } = arrange();
  service.whenAsked = () => flow.detach();
  await flow.start('freedos');
  expect(service.asked.at(-1)?.method).toBe('DELETE');
});

test('frames of a connection that was given up are not heard', async () => {
  const { flow, hubs, frames } = await running();
  hubs.last.worker.frame(0, new Uint8Array(1));
  flow.end();
  hubs.last.worker.frame(0, new Uint8Array(1));
  expect(frames).toHaveLength(1);
});
