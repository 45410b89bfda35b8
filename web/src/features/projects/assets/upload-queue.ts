import { isPassing, newIdempotencyKey } from '@/api/client';
import type { ArchiveResult } from '@/api/types';

/**
 * Sends files to a project, a few at a time, and tells how each fared. Free of the page: the transport and the pause between
 * tries are given, the page subscribes. One queue lives as long as the page, so that looking at another tab stops nothing.
 */

/** What became of a file that the server took. */
export type Outcome =
  | { kind: 'created' }
  | { kind: 'duplicate' }
  | ({ kind: 'archive' } & ArchiveResult);

export type UploadState =
  | { phase: 'waiting' }
  | { phase: 'sending'; sent: number }
  | { phase: 'done'; outcome: Outcome }
  | { phase: 'failed'; error: unknown }
  | { phase: 'cancelled' };

export interface Upload {
  readonly id: number;
  readonly file: File;
  /** The same over all tries. */
  readonly idempotencyKey: string;
  readonly state: UploadState;
}

export type Transport = (upload: Pick<Upload, 'file' | 'idempotencyKey'>, onProgress: (sentBytes: number) => void, signal: AbortSignal) => Promise<Outcome>;

export interface Options {
  transport: Transport;
  /** Resolves after so many milliseconds; rejects never. */
  pause: (milliseconds: number) => Promise<void>;
  parallel?: number;
  /** Tries of one file while the server is busy or unreachable. */
  tries?: number;
}

export interface Totals {
  files: number;
  finished: number;
  failed: number;
  bytes: number;
  sentBytes: number;
}

export class UploadQueue {
  readonly #transport: Transport;
  readonly #pause: (milliseconds: number) => Promise<void>;
  readonly #parallel: number;
  readonly #tries: number;
  readonly #listeners = new Set<() => void>();
  readonly #running = new Map<number, AbortController>();
  #uploads: readonly Upload[] = [];
  #nextId = 1;

  constructor({ transport, pause, parallel = 3, tries = 4 }: Options) {
    this.#transport = transport;
    this.#pause = pause;
    this.#parallel = parallel;
    this.#tries = tries;
  }

  /** Calls `listener` after each change; returns the way to stop that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The uploads in the order in which they were added; a new array after each change. */
  readonly snapshot = (): readonly Upload[] => this.#uploads;

  add(files: readonly File[]): void {
    const added = files.map((file): Upload => ({ id: this.#nextId++, file, idempotencyKey: newIdempotencyKey(), state: { phase: 'waiting' } }));
    this.#publish([...this.#uploads, ...added]);
    this.#startMore();
  }

  cancel(id: number): void {
    const upload = this.#uploads.find((u) => u.id === id);
    if (upload?.state.phase !== 'waiting' && upload?.state.phase !== 'sending') return;
    this.#set(id, { phase: 'cancelled' });
    this.#running.get(id)?.abort();
  }

  /** Sends a failed or cancelled file again. */
  retry(id: number): void {
    const upload = this.#uploads.find((u) => u.id === id);
    if (upload?.state.phase !== 'failed' && upload?.state.phase !== 'cancelled') return;
    this.#set(id, { phase: 'waiting' });
    this.#startMore();
  }

  retryFailed(): void {
    for (const upload of this.#uploads) if (upload.state.phase === 'failed') this.retry(upload.id);
  }

  /** Forgets what is over, also what failed. */
  clearFinished(): void {
    this.#publish(this.#uploads.filter((u) => u.state.phase === 'waiting' || u.state.phase === 'sending'));
  }

  get active(): boolean {
    return this.#uploads.some((u) => u.state.phase === 'waiting' || u.state.phase === 'sending');
  }

  #startMore(): void {
    for (const upload of this.#uploads) {
      if (this.#running.size >= this.#parallel) return;
      // A cancelled upload that is tried again waits until its first request is really over.
      if (upload.state.phase === 'waiting' && !this.#running.has(upload.id)) void this.#run(upload);
    }
  }

  async #run(upload: Upload): Promise<void> {
    const { id } = upload;
    const controller = new AbortController();
    this.#running.set(id, controller);
    this.#set(id, { phase: 'sending', sent: 0 });
    let end: UploadState;
    try {
      end = { phase: 'done', outcome: await this.#send(upload, controller.signal) };
    } catch (error) {
      end = { phase: 'failed', error };
    }
    this.#running.delete(id);
    if (!controller.signal.aborted) this.#set(id, end);
    this.#startMore();
  }

  async #send(upload: Upload, signal: AbortSignal): Promise<Outcome> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#transport(upload, (sent) => !signal.aborted && this.#set(upload.id, { phase: 'sending', sent }), signal);
      } catch (error) {
        if (signal.aborted || attempt >= this.#tries || !isPassing(error)) throw error;
        const seconds = error.retryAfter ?? 2 ** (attempt - 1);
        await this.#pause(seconds * 1000);
        if (signal.aborted) throw error;
      }
    }
  }

  #set(id: number, state: UploadState): void {
    this.#publish(this.#uploads.map((upload) => (upload.id === id ? { ...upload, state } : upload)));
  }

  #publish(uploads: readonly Upload[]): void {
    this.#uploads = uploads;
    this.#listeners.forEach((listener) => listener());
  }
}

export function totals(uploads: readonly Upload[]): Totals {
  const sum: Totals = { files: uploads.length, finished: 0, failed: 0, bytes: 0, sentBytes: 0 };
  for (const { file, state } of uploads) {
    sum.bytes += file.size;
    if (state.phase === 'sending') sum.sentBytes += Math.min(state.sent, file.size);
    if (state.phase === 'done' || state.phase === 'failed' || state.phase === 'cancelled') {
      sum.finished++;
      sum.sentBytes += file.size;
    }
    if (state.phase === 'failed') sum.failed++;
  }
  return sum;
}

/** True for a zip, which the server unpacks into many assets. */
export function isArchive(file: { name: string; type: string }): boolean {
  return /\.zip$/i.test(file.name) || file.type === 'application/zip' || file.type === 'application/x-zip-compressed';
}
