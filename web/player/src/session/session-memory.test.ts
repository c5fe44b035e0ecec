import { afterEach, expect, test, vi } from 'vitest';
import { SessionMemory } from './session-memory';

afterEach(() => sessionStorage.clear());

test('a session is found again by another page of the same tab', () => {
  new SessionMemory('freedos').save({ id: 's1', key: 'k1' });
  expect(new SessionMemory('freedos').load()).toEqual({ id: 's1', key: 'k1' });
});

test('each exhibit has its own session', () => {
  new SessionMemory('freedos').save({ id: 's1', key: 'k1' });
  expect(new SessionMemory('kolibri').load()).toBeNull();
});

test('a forgotten session is gone', () => {
  const memory = new SessionMemory('freedos');
  memory.save({ id: 's1', key: 'k1' });
  memory.forget();
  expect(memory.load()).toBeNull();
});

test('what is not a session is as good as nothing', () => {
  sessionStorage.setItem('preserve.session.freedos', '{"id":1');
  expect(new SessionMemory('freedos').load()).toBeNull();
});

test('where storage is blocked the session lasts as long as the page', () => {
  vi.stubGlobal('sessionStorage', { getItem() { throw new Error(); }, setItem() { throw new Error(); }, removeItem() { throw new Error(); }, clear() {} });
  const memory = new SessionMemory('freedos');
  memory.save({ id: 's1', key: 'k1' });
  expect(memory.load()).toEqual({ id: 's1', key: 'k1' });
});
