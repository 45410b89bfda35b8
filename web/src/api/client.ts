import { UnsettledActs } from './acts';
import type { Fault, Problem } from './types';

/**
 * Calls the server's API at the page's own origin. Every refusal becomes an {@link ApiError}, also the ones that never
 * reached the server (`code: 'offline'`). A 401 outside signing in is announced to {@link onUnauthenticated}.
 */

export const API_BASE = '/api/v1';

/** What the server (RFC 9457), a proxy or the network answered instead of a result. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly faults: readonly Fault[];
  /** Seconds after which another try makes sense, where the server said so. */
  readonly retryAfter: number | undefined;
  /** The problem document as it came, for members of single codes. */
  readonly problem: Problem;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail ?? problem.title ?? `HTTP ${problem.status}`);
    this.name = 'ApiError';
    this.problem = problem;
    this.status = problem.status;
    this.code = problem.code ?? codeOf(problem);
    this.title = problem.title ?? '';
    this.detail = problem.detail;
    this.faults = problem.faults ?? [];
    this.retryAfter = retryAfter;
  }

  /** The messages for one pointer and everything below it. */
  faultsAt(pointer: string): string[] {
    return this.faults.filter((f) => f.pointer === pointer || f.pointer.startsWith(`${pointer}/`)).map((f) => f.message);
  }
}

function codeOf(problem: Problem): string {
  const tail = problem.type?.split('/').pop();
  return tail && tail !== 'about:blank' ? tail : `http-${problem.status}`;
}

type QueryValue = string | number | boolean | undefined | null;

export interface RequestOptions {
  query?: Record<string, QueryValue>;
  /** Sent as JSON. */
  body?: unknown;
  /** For an act that outlives the page (see {@link newIdempotencyKey}); every other one gets a key by itself. */
  idempotencyKey?: string;
  /** Only while what is written to is still at this version (`"3"`); else a 409 or 412. */
  ifMatch?: string;
  signal?: AbortSignal;
  /** Let the browser finish the request while the page goes away. */
  keepalive?: boolean;
}

const unauthenticatedListeners = new Set<() => void>();

/** Calls `listener` when the session turns out to be over; returns the way to stop that. */
export function onUnauthenticated(listener: () => void): () => void {
  unauthenticatedListeners.add(listener);
  return () => unauthenticatedListeners.delete(listener);
}

/** A fresh key for one act of the user: make it once and keep it over retries. Works outside secure contexts too. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

/** Joins path segments, each encoded: `path('clients', slug, 'projects')`. */
export function path(...segments: (string | number)[]): string {
  return `/${segments.map((s) => encodeURIComponent(String(s))).join('/')}`;
}

/** The address of an API path with its query, for links and uploads. */
export function apiUrl(apiPath: string, query?: Record<string, QueryValue>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value));
  }
  const search = parameters.toString();
  return `${API_BASE}${apiPath}${search ? `?${search}` : ''}`;
}

/** The headers that every browser write carries. */
export function writeHeaders(idempotencyKey: string): Record<string, string> {
  return { 'X-Etalon-Csrf': '1', 'Idempotency-Key': idempotencyKey };
}

/** Reads a refusal's body: a problem document where there is one, else what the status line says. */
export function problemFrom(status: number, statusText: string, body: string): Problem {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null) return { ...(parsed as Partial<Problem>), status };
  } catch {
    // A proxy's HTML page or an empty body: the status has to do.
  }
  return { status, title: statusText };
}

/** Tells the listeners of {@link onUnauthenticated}, unless the refusal is about signing in itself. */
export function announce(error: ApiError, apiPath: string): ApiError {
  if (error.status === 401 && !apiPath.startsWith('/session') && !apiPath.startsWith('/invitations/')) {
    unauthenticatedListeners.forEach((listener) => listener());
  }
  return error;
}

/** A refusal that another try may lift: no connection, too many requests, a server that is busy or broken. */
export function isPassing(error: unknown): error is ApiError {
  return error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500);
}

const unsettled = new UnsettledActs(newIdempotencyKey);

async function request<T>(method: string, apiPath: string, options: RequestOptions = {}): Promise<T> {
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  if (method === 'GET') return exchange<T>(method, apiPath, body, options);
  const act = `${method} ${apiUrl(apiPath, options.query)} ${body ?? ''}`;
  const idempotencyKey = options.idempotencyKey ?? unsettled.keyOf(act);
  try {
    const result = await exchange<T>(method, apiPath, body, { ...options, idempotencyKey });
    unsettled.settle(act);
    return result;
  } catch (error) {
    if (error instanceof ApiError && !isPassing(error)) unsettled.settle(act);
    throw error;
  }
}

async function exchange<T>(method: string, apiPath: string, body: string | undefined, options: RequestOptions): Promise<T> {
  const { response, text } = await send(method, apiPath, body, options);
  if (!response.ok) {
    const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
    const problem = problemFrom(response.status, response.statusText, text);
    throw announce(new ApiError(problem, Number.isFinite(retryAfter) ? retryAfter : undefined), apiPath);
  }
  if (response.status === 204 || text === '') return undefined as T;
  const type = response.headers.get('Content-Type') ?? '';
  return (type.includes('json') ? JSON.parse(text) : text) as T;
}

async function send(method: string, apiPath: string, body: string | undefined, options: RequestOptions): Promise<{ response: Response; text: string }> {
  const headers: Record<string, string> = { Accept: 'application/json, application/problem+json, text/plain' };
  if (options.idempotencyKey !== undefined) Object.assign(headers, writeHeaders(options.idempotencyKey));
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (options.ifMatch !== undefined) headers['If-Match'] = options.ifMatch;
  try {
    const response = await fetch(apiUrl(apiPath, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body }),
      ...(options.signal ? { signal: options.signal } : {}),
      ...(options.keepalive ? { keepalive: true } : {}),
    });
    return { response, text: await response.text() };
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new ApiError({ status: 0, code: 'offline', title: 'offline' });
  }
}

/** The verbs. A 204 gives `undefined`: say so in `T` (`api.post<Lease | undefined>`). */
export const api = {
  get: <T>(apiPath: string, options?: Omit<RequestOptions, 'body' | 'idempotencyKey'>) =>
    request<T>('GET', apiPath, options),
  post: <T>(apiPath: string, body?: unknown, options?: Omit<RequestOptions, 'body'>) =>
    request<T>('POST', apiPath, { ...options, ...(body === undefined ? {} : { body }) }),
  put: <T>(apiPath: string, body?: unknown, options?: Omit<RequestOptions, 'body'>) =>
    request<T>('PUT', apiPath, { ...options, ...(body === undefined ? {} : { body }) }),
  patch: <T>(apiPath: string, body?: unknown, options?: Omit<RequestOptions, 'body'>) =>
    request<T>('PATCH', apiPath, { ...options, ...(body === undefined ? {} : { body }) }),
  delete: <T>(apiPath: string, options?: Omit<RequestOptions, 'body'>) => request<T>('DELETE', apiPath, options),
};
