import { expect, test } from 'vitest';
import { strings } from '../strings/en';
import { FakeService, serviceWithExhibit } from '../testing/fake-service';
import { SessionApi } from './session-api';

const session = { id: 's1', key: 'k1' };

test('starting gives the session, its key and the first ticket', async () => {
  const service = serviceWithExhibit();
  expect(await new SessionApi(service.fetch).start('freedos')).toEqual({ id: 's1', key: 'k1', hub: '/hub/session', ticket: 't0' });
  expect(service.asked[0]?.authorization).toBeNull();
});

test('a ticket is bought with the key', async () => {
  const service = serviceWithExhibit();
  expect(await new SessionApi(service.fetch).ticket(session)).toEqual({ hub: '/hub/session', ticket: 't-fresh' });
  expect(service.asked[0]?.authorization).toBe('Bearer k1');
});

test('a refusal says what the service says', async () => {
  const service = new FakeService().answer('POST /api/exhibits/x/sessions', 409, { title: 'Conflict', detail: 'All seats are taken.' });
  await expect(new SessionApi(service.fetch).start('x')).rejects.toMatchObject({ status: 409, message: 'All seats are taken.', isPassing: false });
});

test('a refusal without words is put into words', async () => {
  const service = new FakeService().answer('POST /api/exhibits/x/sessions', 429, '<html>slow down</html>');
  await expect(new SessionApi(service.fetch).start('x')).rejects.toMatchObject({ message: strings.failures.tooMany, isPassing: true });
});

test('an answer without a key is not understood', async () => {
  const service = new FakeService().answer('POST /api/exhibits/x/sessions', 201, { id: 's1' });
  await expect(new SessionApi(service.fetch).start('x')).rejects.toMatchObject({ message: strings.failures.unreadable });
});

test('a service that is down is told as unreachable', async () => {
  const service = serviceWithExhibit();
  service.isDown = true;
  await expect(new SessionApi(service.fetch).start('freedos')).rejects.toMatchObject({ name: 'ServiceUnreachable' });
});

test('names of exhibits and sessions cannot change the path', async () => {
  const service = new FakeService();
  await new SessionApi(service.fetch).start('../a?b').catch(() => {});
  expect(service.asked[0]?.path).toBe('/api/exhibits/..%2Fa%3Fb/sessions');
});

test('starts what a path below the interface starts, for a curator at work', async () => {
  const service = new FakeService().answer('POST /api/environments/freedos/drafts', 201, { draft: 'd1', id: 's1', key: 'k1', hub: '/hub/session', ticket: 't1' });
  const api = new SessionApi(service.fetch);

  expect(await api.start('work/environments/freedos/drafts')).toEqual({ id: 's1', key: 'k1', hub: '/hub/session', ticket: 't1' });
});
