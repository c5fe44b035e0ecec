/** Plays the service's HTTP interface; answers in order of the rules given, and notes what was asked. */
export class FakeService {
  readonly asked: { readonly method: string; readonly path: string; readonly authorization: string | null }[] = [];
  isDown = false;
  /** Called when a request arrived, before it is answered. */
  whenAsked: () => void = () => {};
  private readonly rules = new Map<string, { status: number; body: unknown }>();

  /** @param request such as "POST /api/exhibits/a/sessions" */
  answer(request: string, status: number, body: unknown): this {
    this.rules.set(request, { status, body });
    return this;
  }

  readonly fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    if (this.isDown) throw new TypeError('Failed to fetch');
    const method = init?.method ?? 'GET';
    const path = String(input);
    this.asked.push({ method, path, authorization: new Headers(init?.headers).get('Authorization') });
    this.whenAsked();
    const rule = this.rules.get(`${method} ${path}`) ?? { status: 404, body: { detail: 'There is no such thing.' } };
    const isEmpty = rule.status === 204;
    return new Response(isEmpty ? null : typeof rule.body === 'string' ? rule.body : JSON.stringify(rule.body), { status: rule.status });
  };
}

/** A service with one exhibit, "freedos", whose session is "s1" with the key "k1". */
export function serviceWithExhibit(): FakeService {
  return new FakeService()
    .answer('POST /api/exhibits/freedos/sessions', 201, { id: 's1', state: 'starting', hub: '/hub/session', key: 'k1', ticket: 't0' })
    .answer('POST /api/sessions/s1/tickets', 200, { hub: '/hub/session', ticket: 't-fresh' })
    .answer('GET /api/sessions/s1', 200, { state: 'running', reason: null })
    .answer('DELETE /api/sessions/s1', 204, null);
}
