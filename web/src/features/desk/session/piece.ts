import {
  ActiveClock,
  DraftSync,
  OperationLog,
  resume,
  type Answer,
  type Fault,
  type Journal,
  type Ontology,
  type PushResult,
  type Scheduler,
  type ServerDraft,
} from '@engines/core';
import type { Asset } from '@/api/types';
import { newIdempotencyKey } from '@/api/client';
import type { ContentLoader } from './content';
import type { Heartbeat } from './heartbeat';
import { Store } from './store';

/** What the screen shows about a piece beside its answer. */
export interface PieceState {
  /** The lease is gone: somebody else may get the task. The work stays here. */
  readonly lost: boolean;
  /** The journal could not write: what the server does not have yet is in this page only. */
  readonly unkept: boolean;
  readonly faults: readonly Fault[];
}

export interface PieceOptions {
  readonly journal: Journal;
  readonly scheduler: Scheduler;
  /** Unique in the journal. */
  readonly key: string;
  readonly asset: Asset;
  readonly ontology: Ontology;
  readonly base: Answer;
  readonly draft: ServerDraft | undefined;
  readonly content: ContentLoader;
  readonly push: (answer: Answer, activeSeconds: number) => Promise<PushResult>;
}

/** The active time is written to the journal in steps of this many milliseconds. */
const TIME_STEP_MS = 10_000;

/**
 * One task in the hand: its bytes, its answer with history, and what keeps both safe. Opening one brings
 * back whatever the journal and the server still have of it.
 */
export class Piece extends Store<PieceState> {
  readonly key: string;
  readonly asset: Asset;
  readonly ontology: Ontology;
  readonly content: ContentLoader;
  readonly log: OperationLog;
  readonly sync: DraftSync;
  readonly clock: ActiveClock;
  /** Set by the owner once the lease beats. */
  heartbeat: Heartbeat | undefined;
  readonly #options: PieceOptions;
  readonly #journal: Journal;
  readonly #scheduler: Scheduler;
  #cancelTimer: (() => void) | undefined;

  static async open(options: PieceOptions): Promise<Piece> {
    const { journal, key, base } = options;
    const work = await journal.open(key, base);
    const environment = { now: options.scheduler.now, newId: newIdempotencyKey };
    const { log, added, syncedSeq } = resume(environment, work, options.draft);
    for (const entry of added) {
      await journal.append(key, entry);
    }
    return new Piece(options, log, syncedSeq, work.activeSeconds);
  }

  private constructor(options: PieceOptions, log: OperationLog, syncedSeq: number, activeSeconds: number) {
    super({ lost: false, unkept: false, faults: [] });
    const { journal, scheduler, key } = options;
    this.#options = options;
    this.key = key;
    this.asset = options.asset;
    this.ontology = options.ontology;
    this.content = options.content;
    this.log = log;
    this.#journal = journal;
    this.#scheduler = scheduler;
    this.clock = new ActiveClock(() => performance.now(), activeSeconds);
    log.subscribe(({ entry }) => {
      journal.append(key, entry).catch(() => this.set({ ...this.state, unkept: true }));
      this.clearFaults();
    });
    this.sync = new DraftSync({
      log,
      syncedSeq,
      push: (answer) => options.push(answer, this.clock.seconds),
      onSynced: (seq, answer) => void journal.markSynced(key, seq, answer).catch(() => undefined), // Then it is pushed again.
      scheduler,
      random: Math.random,
    });
    this.#keepTime();
  }

  /** Whether anything was done on it. */
  get touched(): boolean {
    return this.log.seq > 0;
  }

  lose(): void {
    this.set({ ...this.state, lost: true });
  }

  showFaults(faults: readonly Fault[]): void {
    this.set({ ...this.state, faults });
  }

  clearFaults(): void {
    if (this.state.faults.length > 0) {
      this.set({ ...this.state, faults: [] });
    }
  }

  /** Stops the heartbeat, the sync and the clock; the work stays in the journal and the image in memory. */
  rest(): void {
    this.heartbeat?.stop();
    this.sync.close();
    this.clock.pause();
    this.#cancelTimer?.();
    void this.#journal.keepActiveSeconds(this.key, this.clock.seconds);
  }

  /** The same work again after it rested, with its history. */
  reopen(): Promise<Piece> {
    return Piece.open({ ...this.#options, draft: undefined });
  }

  /** Forgets the piece: the server has it, or the person gave it back. */
  async finish(): Promise<void> {
    this.rest();
    this.content.close();
    await this.#journal.remove(this.key);
  }

  #keepTime(): void {
    this.#cancelTimer = this.#scheduler.after(TIME_STEP_MS, () => {
      if (!this.clock.idle) {
        void this.#journal.keepActiveSeconds(this.key, this.clock.seconds);
      }
      this.#keepTime();
    });
  }
}
