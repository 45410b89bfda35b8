/**
 * Pushes an operation log's answer to the server in the background.
 *
 * One push runs at a time and carries the newest answer. A pause in editing or the longest wait starts
 * it; a failed push is repeated with growing waits until it succeeds, the lease is lost or the sync is
 * closed. Editing never waits for any of this.
 */
import { waitBefore, type Backoff } from './backoff';
import type { Answer } from './model';
import type { OperationLog } from './operation-log';
import type { Scheduler } from './scheduler';

/** `unreachable`: try again; `lost`: the lease is gone; `refused`: the server will never take this. */
export type PushResult = 'saved' | 'unreachable' | 'lost' | 'refused';

export type SyncState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving' }
  /** `kept` changes are on this machine only. */
  | { readonly kind: 'offline'; readonly kept: number }
  | { readonly kind: 'stopped'; readonly kept: number; readonly reason: 'lost' | 'refused' };

export interface DraftSyncOptions {
  readonly log: OperationLog;
  /** The last entry that the server has, from an earlier session. */
  readonly syncedSeq: number;
  readonly push: (answer: Answer) => Promise<PushResult>;
  /** Called after the server has everything up to `seq`, which is `answer`. */
  readonly onSynced: (seq: number, answer: Answer) => void;
  readonly scheduler: Scheduler;
  readonly random: () => number;
}

const PAUSE_MS = 800;
const LONGEST_WAIT_MS = 4_000;
const RETRY: Backoff = { firstMs: 1_000, maxMs: 30_000 };

export class DraftSync {
  readonly #options: DraftSyncOptions;
  readonly #listeners = new Set<() => void>();
  readonly #endLog: () => void;
  #syncedSeq: number;
  #state: SyncState = { kind: 'saved' };
  #running: Promise<void> | undefined;
  #cancelTimer: (() => void) | undefined;
  #dirtySince: number | undefined;
  #failures = 0;
  #closed = false;

  constructor(options: DraftSyncOptions) {
    this.#options = options;
    this.#syncedSeq = options.syncedSeq;
    this.#endLog = options.log.subscribe(() => this.#changed());
    if (this.kept > 0) {
      this.#changed();
    }
  }

  get state(): SyncState {
    return this.#state;
  }

  /** How many changes the server does not have yet. */
  get kept(): number {
    return this.#options.log.seq - this.#syncedSeq;
  }

  /** Calls `listener` after every change of the state; returns the function that ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Pushes now what is not pushed yet; resolves when that try has ended, well or badly. */
  async syncNow(): Promise<void> {
    if (this.#running !== undefined) {
      await this.#running;
    }
    if (this.kept > 0 && this.#running === undefined && this.#state.kind !== 'stopped' && !this.#closed) {
      this.#start();
    }
    await this.#running;
  }

  /** Ends the background work. What is not pushed stays in the journal. */
  close(): void {
    this.#closed = true;
    this.#endLog();
    this.#cancelTimer?.();
    this.#listeners.clear();
  }

  #changed(): void {
    const { scheduler } = this.#options;
    this.#dirtySince ??= scheduler.now();
    switch (this.#state.kind) {
      case 'saved':
      case 'saving':
        this.#become({ kind: 'saving' });
        break;
      case 'offline':
        this.#become({ kind: 'offline', kept: this.kept });
        return; // The retry timer runs and will carry this change too.
      case 'stopped':
        this.#become({ ...this.#state, kept: this.kept });
        return;
    }
    if (this.#running === undefined) {
      const waited = scheduler.now() - this.#dirtySince;
      this.#startAfter(Math.max(0, Math.min(PAUSE_MS, LONGEST_WAIT_MS - waited)));
    }
  }

  #startAfter(ms: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.scheduler.after(ms, () => this.#start());
  }

  #start(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#running === undefined && !this.#closed) {
      this.#running = this.#push().finally(() => {
        this.#running = undefined;
        this.#afterPush();
      });
    }
  }

  async #push(): Promise<void> {
    const { log, push, onSynced } = this.#options;
    const { seq, answer } = log;
    this.#dirtySince = undefined;
    if (this.#state.kind !== 'offline') {
      this.#become({ kind: 'saving' });
    }
    const result = await push(answer);
    switch (result) {
      case 'saved':
        this.#failures = 0;
        this.#syncedSeq = seq;
        onSynced(seq, answer);
        this.#become(this.kept > 0 ? { kind: 'saving' } : { kind: 'saved' });
        break;
      case 'unreachable':
        this.#failures += 1;
        this.#become({ kind: 'offline', kept: this.kept });
        break;
      case 'lost':
      case 'refused':
        this.#become({ kind: 'stopped', kept: this.kept, reason: result });
        break;
    }
  }

  #afterPush(): void {
    if (this.#closed) {
      return;
    }
    if (this.#state.kind === 'offline') {
      this.#startAfter(waitBefore(this.#failures, RETRY, this.#options.random));
    } else if (this.#state.kind === 'saving') {
      this.#startAfter(PAUSE_MS);
    }
  }

  #become(state: SyncState): void {
    const same =
      state.kind === this.#state.kind && ('kept' in state ? 'kept' in this.#state && state.kept === this.#state.kept : true);
    this.#state = state;
    if (!same) {
      for (const listener of [...this.#listeners]) {
        listener();
      }
    }
  }
}
