import { describe, expect, it } from 'vitest';
import { ApiError } from '@/api/client';
import { isArchive, totals, UploadQueue, type Outcome, type Transport } from './upload-queue';

const file = (name: string, size = 10) => new File([new Uint8Array(size)], name);
const created: Outcome = { kind: 'created' };

/** A server whose answers the test gives by hand. */
class HandServer {
  readonly requests: { name: string; key: string; progress: (n: number) => void; signal: AbortSignal; answer: (o: Outcome) => void; refuse: (e: unknown) => void }[] = [];
  readonly transport: Transport = ({ file: sent, idempotencyKey: key }, progress, signal) =>
    new Promise((answer, refuse) => {
      this.requests.push({ name: sent.name, key, progress, signal, answer, refuse });
      signal.addEventListener('abort', () => refuse(new DOMException('aborted', 'AbortError')));
    });
}

const settle = () => new Promise((resolve) => setTimeout(resolve));
const phases = (queue: UploadQueue) => queue.snapshot().map((u) => u.state.phase);

function queueOn(server: HandServer, parallel = 2) {
  const pauses: number[] = [];
  const queue = new UploadQueue({ transport: server.transport, parallel, pause: async (ms) => void pauses.push(ms) });
  return { queue, pauses };
}

describe('the upload queue', () => {
  it('sends no more at a time than it may, and the rest in order', async () => {
    const server = new HandServer();
    const { queue } = queueOn(server);
    queue.add([file('a'), file('b'), file('c')]);
    expect(phases(queue)).toEqual(['sending', 'sending', 'waiting']);
    server.requests[0]?.answer(created);
    await settle();
    expect(phases(queue)).toEqual(['done', 'sending', 'sending']);
    expect(server.requests.map((r) => r.name)).toEqual(['a', 'b', 'c']);
  });

  it('keeps one failure to its own file', async () => {
    const server = new HandServer();
    const { queue } = queueOn(server);
    queue.add([file('bad'), file('good')]);
    server.requests[0]?.refuse(new ApiError({ status: 415, code: 'unsupported-type' }));
    server.requests[1]?.answer({ kind: 'duplicate' });
    await settle();
    expect(phases(queue)).toEqual(['failed', 'done']);
    expect(totals(queue.snapshot())).toEqual({ files: 2, finished: 2, failed: 1, bytes: 20, sentBytes: 20 });
  });

  it('waits as long as a busy server asks and then succeeds', async () => {
    const server = new HandServer();
    const { queue, pauses } = queueOn(server);
    queue.add([file('a')]);
    server.requests[0]?.refuse(new ApiError({ status: 503 }, 7));
    await settle();
    server.requests[1]?.refuse(new ApiError({ status: 0, code: 'offline' }));
    await settle();
    server.requests[2]?.answer(created);
    await settle();
    expect(pauses).toEqual([7000, 2000]);
    expect(new Set(server.requests.map((r) => r.key)).size).toBe(1);
    expect(phases(queue)).toEqual(['done']);
  });

  it('gives up after its tries, and starts afresh when told', async () => {
    const server = new HandServer();
    const { queue } = queueOn(server);
    queue.add([file('a')]);
    for (let n = 0; n < 4; n++) {
      server.requests[n]?.refuse(new ApiError({ status: 0, code: 'offline' }));
      await settle();
    }
    expect(phases(queue)).toEqual(['failed']);
    queue.retryFailed();
    server.requests[4]?.answer(created);
    await settle();
    expect(phases(queue)).toEqual(['done']);
  });

  it('aborts what is under way and starts the next in its place', async () => {
    const server = new HandServer();
    const { queue } = queueOn(server, 1);
    queue.add([file('a'), file('b')]);
    queue.cancel(1);
    await settle();
    expect(server.requests[0]?.signal.aborted).toBe(true);
    expect(phases(queue)).toEqual(['cancelled', 'sending']);
    queue.clearFinished();
    expect(queue.snapshot().map((u) => u.file.name)).toEqual(['b']);
  });

  it('counts the bytes on their way', () => {
    const server = new HandServer();
    const { queue } = queueOn(server);
    queue.add([file('a', 100)]);
    server.requests[0]?.progress(40);
    expect(totals(queue.snapshot()).sentBytes).toBe(40);
    expect(queue.active).toBe(true);
  });
});

it('knows an archive by its name or type', () => {
  expect(isArchive({ name: 'coins.ZIP', type: '' })).toBe(true);
  expect(isArchive({ name: 'coins', type: 'application/zip' })).toBe(true);
  expect(isArchive({ name: 'zip.png', type: 'image/png' })).toBe(false);
});
