import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError, api, apiUrl, newIdempotencyKey, onUnauthenticated, path } from './client';

type Call = { url: string; init: RequestInit };

/** Answers the next requests in order and keeps what was asked. */
function serve(...answers: (Response | Error | DOMException)[]): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    calls.push({ url, init });
    const answer = answers.shift();
    if (answer instanceof Response) return answer;
    throw answer ?? new Error('no answer left');
  });
  return calls;
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });

const failure = async (promise: Promise<unknown>): Promise<ApiError> => {
  const error = await promise.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (!(error instanceof ApiError)) throw new Error(`expected an ApiError, got ${String(error)}`);
  return error;
};

afterEach(() => vi.unstubAllGlobals());

describe('the API client', () => {
  it('marks writes against forged requests and leaves reads plain', async () => {
    const calls = serve(json(200, {}), json(201, {}));
    await api.get('/clients');
    await api.post('/clients', { slug: 'a' }, { idempotencyKey: 'k1' });
    expect(calls[0]?.init.headers).not.toHaveProperty('X-Etalon-Csrf');
    expect(calls[1]?.init.headers).toMatchObject({ 'X-Etalon-Csrf': '1', 'Idempotency-Key': 'k1', 'Content-Type': 'application/json' });
    expect(calls[1]?.init.body).toBe('{"slug":"a"}');
  });

  it('keeps one key for one act until the server has settled it', async () => {
    const calls = serve(new TypeError('cut off'), json(503, {}), json(201, {}), json(201, {}), json(409, {}), json(201, {}));
    const key = (call: number) => (calls[call]?.init.headers as Record<string, string>)['Idempotency-Key'];
    await failure(api.post('/workforces', { name: 'Lyon' }));
    await failure(api.post('/workforces', { name: 'Lyon' }));
    await api.post('/workforces', { name: 'Lyon' });
    expect(key(0)).toBe(key(1));
    expect(key(0)).toBe(key(2));
    await api.post('/workforces', { name: 'Lyon' });
    expect(key(3)).not.toBe(key(2));
    await failure(api.post('/workforces', { name: 'Lille' }));
    await api.post('/workforces', { name: 'Lille' });
    expect(new Set([0, 3, 4, 5].map(key)).size).toBe(4);
    for (let call = 0; call < 6; call++) expect(key(call)).toMatch(/^[\x21-\x7e]{1,100}$/);
  });

  it('encodes each path segment and leaves out empty filters', () => {
    expect(path('clients', 'a/b', 'tasks', 7)).toBe('/clients/a%2Fb/tasks/7');
    expect(apiUrl('/x', { name: 'ü&', cursor: undefined, sort: '', limit: 0 })).toBe('/api/v1/x?name=%C3%BC%26&limit=0');
  });

  it('gives undefined for no content, text for text', async () => {
    serve(new Response(null, { status: 204 }), new Response('etalon/x\n3\n', { headers: { 'Content-Type': 'text/plain' } }));
    expect(await api.delete('/session')).toBeUndefined();
    expect(await api.get('/clients/x/audit/checkpoint')).toBe('etalon/x\n3\n');
  });

  it('turns a problem document into an error with its faults', async () => {
    const problem = { status: 400, code: 'invalid', title: 'Invalid', detail: 'Two things.', faults: [{ pointer: '/a/0/name', message: 'empty' }] };
    serve(json(400, problem, { 'Content-Type': 'application/problem+json' }));
    const error = await failure(api.post('/x', {}));
    expect(error).toMatchObject({ status: 400, code: 'invalid', message: 'Two things.' });
    expect(error.faultsAt('/a/0')).toEqual(['empty']);
    expect(error.faultsAt('/a/1')).toEqual([]);
    expect(error.faultsAt('/a/0/nam')).toEqual([]);
  });

  it('reads the code from the type, and lives with a page of HTML', async () => {
    serve(json(409, { type: 'https://etalon.io/problems/lease-lost' }), new Response('<html>', { status: 502, statusText: 'Bad Gateway', headers: { 'Retry-After': '3' } }));
    expect((await failure(api.post('/x'))).code).toBe('lease-lost');
    expect(await failure(api.get('/x'))).toMatchObject({ status: 502, code: 'http-502', retryAfter: 3 });
  });

  it('announces the end of the session, but not a wrong password', async () => {
    const ended = vi.fn();
    const stop = onUnauthenticated(ended);
    serve(json(401, { code: 'bad-credentials' }), json(401, { code: 'unauthenticated' }), json(401, { code: 'unauthenticated' }));
    await failure(api.post('/session', {}));
    expect(ended).not.toHaveBeenCalled();
    await failure(api.get('/work'));
    expect(ended).toHaveBeenCalledTimes(1);
    stop();
    await failure(api.get('/work'));
    expect(ended).toHaveBeenCalledTimes(1);
  });

  it('calls a failed connection offline, but lets an abort be an abort', async () => {
    serve(new TypeError('Failed to fetch'), new DOMException('stop', 'AbortError'));
    expect(await failure(api.get('/work'))).toMatchObject({ status: 0, code: 'offline' });
    const controller = new AbortController();
    controller.abort();
    await expect(api.get('/work', { signal: controller.signal })).rejects.toBeInstanceOf(DOMException);
  });

  it('calls a connection that breaks off in the middle offline', async () => {
    const broken = new ReadableStream({ start: (stream) => stream.error(new TypeError('network error')) });
    serve(new Response(broken, { status: 200 }));
    expect((await failure(api.get('/work'))).code).toBe('offline');
  });

  it('makes keys that the server accepts, and no two alike', () => {
    const keys = Array.from({ length: 100 }, newIdempotencyKey);
    expect(new Set(keys).size).toBe(100);
    for (const key of keys) expect(key).toMatch(/^[\x21-\x7e]{1,100}$/);
  });
});
