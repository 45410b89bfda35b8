/**
 * The journal keeps each work's history on this machine, entry by entry, so that a crash of the page
 * loses nothing, and the submissions that the server has not confirmed yet.
 *
 * Keys are chosen by the caller (the lease's address). A journal is shared by all tabs.
 */
import type { Answer } from './model';
import type { Entry } from './operation-log';

/** The history of one piece of work. */
export interface Work {
  readonly key: string;
  readonly base: Answer;
  readonly entries: readonly Entry[];
  /** The last entry that the server has, and the answer it was given; null before the first push. */
  readonly syncedSeq: number;
  readonly synced: Answer | null;
  readonly activeSeconds: number;
}

/** A submission or decision on its way; `request` is sent again as it is, under the same idempotency key. */
export interface Parcel {
  readonly key: string;
  readonly idempotencyKey: string;
  /** Which screen it belongs to; a screen only sends its own. */
  readonly place: string;
  readonly request: unknown;
  readonly at: number;
}

export interface Journal {
  /** False when the browser gives no storage: then only this page's memory keeps the work. */
  readonly durable: boolean;
  /** The work under `key`, begun from `base` when there is none. */
  open(key: string, base: Answer): Promise<Work>;
  append(key: string, entry: Entry): Promise<void>;
  markSynced(key: string, seq: number, synced: Answer): Promise<void>;
  keepActiveSeconds(key: string, seconds: number): Promise<void>;
  /** Forgets a finished work. */
  remove(key: string): Promise<void>;
  send(parcel: Parcel): Promise<void>;
  parcels(place: string): Promise<readonly Parcel[]>;
  confirm(key: string): Promise<void>;
}

/** A journal in memory, for tests and for browsers without storage. */
export class MemoryJournal implements Journal {
  readonly durable = false;
  readonly #works = new Map<string, Work>();
  readonly #parcels = new Map<string, Parcel>();

  async open(key: string, base: Answer): Promise<Work> {
    const work = this.#works.get(key) ?? { key, base, entries: [], syncedSeq: 0, synced: null, activeSeconds: 0 };
    this.#works.set(key, work);
    return work;
  }

  async append(key: string, entry: Entry): Promise<void> {
    this.#change(key, (work) => ({ ...work, entries: [...work.entries, entry] }));
  }

  async markSynced(key: string, seq: number, synced: Answer): Promise<void> {
    this.#change(key, (work) => ({ ...work, syncedSeq: seq, synced }));
  }

  async keepActiveSeconds(key: string, seconds: number): Promise<void> {
    this.#change(key, (work) => ({ ...work, activeSeconds: seconds }));
  }

  async remove(key: string): Promise<void> {
    this.#works.delete(key);
  }

  async send(parcel: Parcel): Promise<void> {
    this.#parcels.set(parcel.key, parcel);
  }

  async parcels(place: string): Promise<readonly Parcel[]> {
    return [...this.#parcels.values()].filter((parcel) => parcel.place === place).sort((a, b) => a.at - b.at);
  }

  async confirm(key: string): Promise<void> {
    this.#parcels.delete(key);
  }

  #change(key: string, change: (work: Work) => Work): void {
    const work = this.#works.get(key);
    if (work !== undefined) {
      this.#works.set(key, change(work));
    }
  }
}
