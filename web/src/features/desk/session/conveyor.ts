import { ApiError, newIdempotencyKey } from '@/api/client';
import { waitBefore, type Backoff, type Fault, type Journal, type Parcel, type Scheduler } from '@engines/core';
import { Heartbeat } from './heartbeat';
import type { Piece } from './piece';
import { Store } from './store';

/** What annotating and reviewing do differently. `Job` is a lease or a review, `Act` what ends one. */
export interface Line<Job extends { readonly id: number }, Act> {
  /** Names the line in the journal. */
  readonly place: string;
  readonly heartbeatSeconds: (job: Job) => number;
  /** Jobs that are held already. */
  readonly held: () => Promise<readonly Job[]>;
  /** Another job, or undefined when there is none now. */
  readonly take: () => Promise<Job | undefined>;
  readonly open: (job: Job) => Promise<Piece>;
  readonly beat: (job: Job) => Promise<unknown>;
  /** Ends a job; gives the next one when the server sent it along. */
  readonly send: (job: Job, act: Act, idempotencyKey: string) => Promise<Job | null | undefined>;
  readonly release: (job: Job) => Promise<unknown>;
}

/** A job in the hand. */
export interface Held<Job> {
  readonly job: Job;
  readonly piece: Piece;
}

/** An act on its way to the server. `failed` will be tried again by itself; the others need the person. */
export interface Outgoing<Job, Act> {
  readonly key: string;
  readonly idempotencyKey: string;
  readonly at: number;
  readonly job: Job;
  readonly act: Act;
  readonly status: 'sending' | 'failed' | 'refused' | 'stale';
  readonly error?: ApiError;
}

export interface ConveyorState<Job, Act> {
  readonly phase: 'opening' | 'working' | 'waiting' | 'empty' | 'failed' | 'closed';
  readonly current?: Held<Job>;
  /** How many jobs lie ready behind the current one. */
  readonly ready: number;
  readonly outgoing: readonly Outgoing<Job, Act>[];
  /** How many acts the server has confirmed since the page was opened. */
  readonly sent: number;
  readonly error?: unknown;
  /** The person was away for so long that nothing is held for him; `lost` when he is back and the job in his hand was gone. */
  readonly absence?: 'away' | 'lost';
}

/** After so long without a sign of the person no heartbeat is sent; what he holds goes back to the queue when its lease ends. */
export const AWAY_MS = 30 * 60_000;
const RETRY: Backoff = { firstMs: 2_000, maxMs: 60_000 };
const LOOK_AGAIN_MS = 20_000;

/**
 * Keeps a job in the hand and the next one ready behind it. Ending a job shows the next at once; the act is
 * written to the journal first and sent in the background, again and again under one idempotency key, until
 * the server has it or refuses it. Nothing a person did is given up by this class.
 */
export class Conveyor<Job extends { readonly id: number }, Act> extends Store<ConveyorState<Job, Act>> {
  readonly #line: Line<Job, Act>;
  readonly #journal: Journal;
  readonly #scheduler: Scheduler;
  readonly #ready: Held<Job>[] = [];
  readonly #resting = new Map<string, Held<Job>>();
  readonly #timers = new Map<string, () => void>();
  #taking: Promise<void> | undefined;
  readonly #attempts = new Map<string, number>();
  #opened = false;
  #seen: number;
  #closed = false;

  constructor(line: Line<Job, Act>, journal: Journal, scheduler: Scheduler) {
    super({ phase: 'opening', ready: 0, outgoing: [], sent: 0 });
    this.#line = line;
    this.#journal = journal;
    this.#scheduler = scheduler;
    this.#seen = scheduler.now();
  }

  /** Brings back what was in the hand and what was on its way, then goes on. */
  async open(): Promise<void> {
    this.#change({ phase: 'opening', error: undefined });
    try {
      const parcels = await this.#journal.parcels(this.#line.place);
      this.#change({ outgoing: parcels.map((parcel) => unpacked<Job, Act>(parcel)) });
      const onTheWay = new Set(this.state.outgoing.map((item) => item.job.id));
      const jobs = (await this.#line.held()).filter((job) => !onTheWay.has(job.id));
      const held = await Promise.all(jobs.map((job) => this.#hold(job)));
      if (this.#closed) {
        held.forEach(({ piece }) => piece.rest());
        return;
      }
      held.sort((a, b) => Number(b.piece.touched) - Number(a.piece.touched));
      this.#opened = true;
      this.#ready.push(...held);
      this.state.outgoing.forEach((item) => void this.#send(item.key));
      await this.#advance();
    } catch (error) {
      this.#change({ phase: 'failed', error });
    }
  }

  /** Ends the current job with `act` and shows the next one in the same turn. */
  finish(act: Act): void {
    const { current } = this.state;
    if (current === undefined) {
      return;
    }
    current.piece.rest();
    this.#resting.set(current.piece.key, current);
    const item: Outgoing<Job, Act> = {
      key: current.piece.key,
      idempotencyKey: newIdempotencyKey(),
      at: this.#scheduler.now(),
      job: current.job,
      act,
      status: 'sending',
    };
    this.#change({ outgoing: [...this.state.outgoing, item] });
    void this.#advance();
    // A journal that cannot write (a full disk) must not keep the act from the server.
    const written = this.#journal.send(packed(this.#line.place, item)).catch(() => undefined);
    void written.then(() => this.#send(item.key));
  }

  /** The person does something. After a long absence what he held is asked for again; what somebody else has is laid aside. */
  touch(): void {
    const back = this.#isAway();
    this.#seen = this.#scheduler.now();
    if (back) void this.#comesBack();
  }

  #isAway(): boolean {
    return this.#scheduler.now() - this.#seen >= AWAY_MS;
  }

  #present(): boolean {
    const away = this.#isAway();
    if (away && this.state.absence !== 'away') this.#change({ absence: 'away' });
    return !away;
  }

  async #comesBack(): Promise<void> {
    const { current } = this.state;
    const held = current === undefined ? [...this.#ready] : [current, ...this.#ready];
    await Promise.all(held.map(({ piece }) => piece.heartbeat?.now()));
    if (current === undefined || this.state.current !== current || !current.piece.state.lost) {
      this.#change({ absence: undefined });
      return;
    }
    this.#change({ absence: 'lost' });
    // The queue offers first what came back to it: most often the same job, with its draft.
    this.leaveLost();
  }

  /** The person has read what became of the job that he held. */
  noticed(): void {
    this.#change({ absence: undefined });
  }

  /** Tries a failed act again now, under its first idempotency key. */
  retry(key: string): void {
    this.#timers.get(key)?.();
    void this.#send(key);
  }

  /** Everything that failed is tried again: the network is back. */
  retryAll(): void {
    this.state.outgoing.filter((item) => item.status === 'failed').forEach((item) => this.retry(item.key));
  }

  /** Takes an act back and puts its job into the hand, work and faults with it; the current job waits behind. */
  async takeBack(key: string): Promise<void> {
    const item = this.#outgoing(key);
    if (item === undefined || item.status === 'sending') {
      return;
    }
    const resting = this.#resting.get(key);
    const piece = await (resting?.piece.reopen() ?? this.#line.open(item.job));
    await this.#drop(key);
    piece.showFaults((item.error?.faults ?? []) as readonly Fault[]);
    const { current } = this.state;
    if (current !== undefined) {
      current.piece.clock.pause();
      this.#ready.unshift(current);
    }
    this.#show(this.#beating({ job: item.job, piece }));
  }

  /** Forgets an act that the server refused for good (it keeps the work as a draft of its author). */
  async dismiss(key: string): Promise<void> {
    const resting = this.#resting.get(key);
    await this.#drop(key);
    await resting?.piece.finish();
  }

  /** Lays the current job, whose lease is lost, aside; its journal stays. */
  leaveLost(): void {
    this.state.current?.piece.rest();
    void this.#advance();
  }

  /** Looks for work again. */
  async lookAgain(): Promise<void> {
    if (!this.#opened) {
      await this.open();
    } else if (this.state.phase === 'empty' || this.state.phase === 'failed') {
      await this.#advance();
    }
  }

  /** Ends everything that runs; leases that nothing was done on go back at once. */
  close(): void {
    this.#closed = true;
    this.#timers.forEach((cancel) => cancel());
    const all = this.state.current === undefined ? this.#ready : [this.state.current, ...this.#ready];
    for (const { job, piece } of all) {
      void piece.sync.syncNow();
      piece.rest();
      piece.content.close();
      if (!piece.touched && !piece.state.lost) {
        this.#line.release(job).catch(() => undefined); // The lease would end by itself.
      }
    }
    this.#change({ phase: 'closed', current: undefined });
  }

  async #advance(): Promise<void> {
    const next = this.#ready.shift();
    if (next !== undefined) {
      this.#show(next);
      void this.#refill();
      return;
    }
    this.#change({ phase: this.state.phase === 'opening' ? 'opening' : 'waiting', current: undefined });
    await this.#refill();
  }

  #show(held: Held<Job>): void {
    this.#change({ phase: 'working', current: held, error: undefined });
  }

  /** Takes jobs until one lies ready behind the current one, or there is none. */
  #refill(): Promise<void> {
    this.#taking ??= this.#takeUntilReady().finally(() => {
      this.#taking = undefined;
    });
    return this.#taking;
  }

  async #takeUntilReady(): Promise<void> {
    try {
      while (!this.#closed && this.#ready.length === 0) {
        // An act on its way brings the next job along: taking one now would hold one too many.
        if (this.state.current !== undefined && this.state.outgoing.some((item) => item.status === 'sending')) {
          return;
        }
        const job = await this.#line.take();
        if (job === undefined) {
          this.#nothingLeft();
          return;
        }
        this.#receive(await this.#hold(job));
      }
    } catch (error) {
      if (this.state.current === undefined) {
        this.#change({ phase: 'failed', error });
      }
      this.#lookLater();
    }
  }

  #receive(held: Held<Job>): void {
    if (this.#closed) {
      held.piece.rest();
      this.#line.release(held.job).catch(() => undefined);
    } else if (this.state.current === undefined) {
      this.#show(held);
    } else {
      this.#ready.push(held);
      this.#change({});
    }
  }

  #nothingLeft(): void {
    if (this.state.current === undefined) {
      this.#change({ phase: 'empty' });
      this.#lookLater();
    }
  }

  #lookLater(): void {
    this.#after('look', LOOK_AGAIN_MS, () => void (this.state.current === undefined ? this.#advance() : this.#refill()));
  }

  async #hold(job: Job): Promise<Held<Job>> {
    return this.#beating({ job, piece: await this.#line.open(job) });
  }

  #beating(held: Held<Job>): Held<Job> {
    const { job, piece } = held;
    piece.heartbeat = new Heartbeat({
      everySeconds: this.#line.heartbeatSeconds(job),
      beat: () => this.#line.beat(job),
      onLost: () => this.#lost(held),
      scheduler: this.#scheduler,
      present: () => this.#present(),
    });
    return held;
  }

  #lost(held: Held<Job>): void {
    const at = this.#ready.indexOf(held);
    if (at !== -1 && !held.piece.touched) {
      this.#ready.splice(at, 1);
      void held.piece.finish();
      void this.#refill();
      return;
    }
    held.piece.lose();
  }

  async #send(key: string): Promise<void> {
    const item = this.#outgoing(key);
    if (item === undefined || this.#closed) {
      return;
    }
    this.#update(key, { status: 'sending', error: undefined });
    try {
      const next = await this.#line.send(item.job, item.act, item.idempotencyKey);
      await this.dismiss(key);
      this.#change({ sent: this.state.sent + 1 });
      this.#attempts.delete(key);
      if (next) {
        this.#receive(await this.#hold(next));
      }
      void this.#refill();
    } catch (error) {
      this.#failed(key, error);
      void this.#refill();
    }
  }

  #failed(key: string, error: unknown): void {
    const refusal = error instanceof ApiError ? error : undefined;
    const status = refusal?.status ?? 0;
    if (refusal !== undefined && status === 409) {
      this.#update(key, { status: 'stale', error: refusal });
    } else if (refusal !== undefined && [400, 403, 404, 413, 422].includes(status)) {
      this.#update(key, { status: 'refused', error: refusal });
    } else {
      const attempt = (this.#attempts.get(key) ?? 0) + 1;
      this.#attempts.set(key, attempt);
      this.#update(key, { status: 'failed', ...(refusal === undefined ? {} : { error: refusal }) });
      this.#after(key, waitBefore(attempt, RETRY, Math.random), () => void this.#send(key));
    }
  }

  async #drop(key: string): Promise<void> {
    this.#timers.get(key)?.();
    this.#resting.delete(key);
    await this.#journal.confirm(key);
    this.#change({ outgoing: this.state.outgoing.filter((item) => item.key !== key) });
  }

  #outgoing(key: string): Outgoing<Job, Act> | undefined {
    return this.state.outgoing.find((item) => item.key === key);
  }

  #update(key: string, change: Partial<Outgoing<Job, Act>>): void {
    this.#change({ outgoing: this.state.outgoing.map((item) => (item.key === key ? { ...item, ...change } : item)) });
  }

  #after(name: string, ms: number, action: () => void): void {
    this.#timers.get(name)?.();
    this.#timers.set(name, this.#scheduler.after(ms, action));
  }

  #change(change: Partial<{ [Name in keyof ConveyorState<Job, Act>]: ConveyorState<Job, Act>[Name] | undefined }>): void {
    this.set({ ...this.state, ...change, ready: this.#ready.length } as ConveyorState<Job, Act>);
  }
}

function packed<Job, Act>(place: string, item: Outgoing<Job, Act>): Parcel {
  const { key, idempotencyKey, at, job, act } = item;
  return { key, idempotencyKey, at, place, request: { job, act } };
}

function unpacked<Job, Act>(parcel: Parcel): Outgoing<Job, Act> {
  const { key, idempotencyKey, at } = parcel;
  const { job, act } = parcel.request as { job: Job; act: Act };
  return { key, idempotencyKey, at, job, act, status: 'failed' };
}
