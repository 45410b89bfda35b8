/** The journal in IndexedDB: one record a work, one record an entry, so that an edit writes only itself. */
import { MemoryJournal, type Journal, type Parcel, type Work } from './journal';
import type { Answer } from './model';
import type { Entry } from './operation-log';

type WorkRecord = Omit<Work, 'entries'> & { readonly touchedAt: number };
type EntryRecord = { readonly key: string; readonly seq: number; readonly entry: Entry };

const WORKS = 'works';
const ENTRIES = 'entries';
const PARCELS = 'parcels';
/** Works that nobody came back to are forgotten after this time; their drafts are on the server. */
const FORGET_AFTER_MS = 30 * 24 * 3_600_000;

/** Opens the journal `name`; where the browser refuses storage the journal lives in memory (`durable` is false). */
export async function openJournal(name = 'etalon-desk', now: () => number = Date.now): Promise<Journal> {
  try {
    const database = await openDatabase(name);
    const journal = new IdbJournal(database, now);
    await journal.forgetOld();
    return journal;
  } catch {
    return new MemoryJournal();
  }
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(WORKS, { keyPath: 'key' });
    request.result.createObjectStore(ENTRIES, { keyPath: ['key', 'seq'] });
    request.result.createObjectStore(PARCELS, { keyPath: 'key' });
  };
  return settled(request);
}

class IdbJournal implements Journal {
  readonly durable = true;
  readonly #database: IDBDatabase;
  readonly #now: () => number;

  constructor(database: IDBDatabase, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  async open(key: string, base: Answer): Promise<Work> {
    const transaction = this.#database.transaction([WORKS, ENTRIES], 'readwrite');
    const works = transaction.objectStore(WORKS);
    const found = await settled<WorkRecord | undefined>(works.get(key));
    if (found === undefined) {
      const fresh = { key, base, syncedSeq: 0, synced: null, activeSeconds: 0 };
      works.put({ ...fresh, touchedAt: this.#now() } satisfies WorkRecord);
      await finished(transaction);
      return { ...fresh, entries: [] };
    }
    const records = await settled<EntryRecord[]>(transaction.objectStore(ENTRIES).getAll(entriesOf(key)));
    const { touchedAt: _touchedAt, ...work } = found;
    return { ...work, entries: unbroken(records.map((record) => record.entry)) };
  }

  async append(key: string, entry: Entry): Promise<void> {
    await this.#write(ENTRIES, (store) => store.put({ key, seq: entry.seq, entry } satisfies EntryRecord));
  }

  async markSynced(key: string, seq: number, synced: Answer): Promise<void> {
    await this.#change(key, (work) => ({ ...work, syncedSeq: seq, synced }));
  }

  async keepActiveSeconds(key: string, seconds: number): Promise<void> {
    await this.#change(key, (work) => ({ ...work, activeSeconds: seconds }));
  }

  async remove(key: string): Promise<void> {
    const transaction = this.#database.transaction([WORKS, ENTRIES], 'readwrite');
    transaction.objectStore(WORKS).delete(key);
    transaction.objectStore(ENTRIES).delete(entriesOf(key));
    await finished(transaction);
  }

  async send(parcel: Parcel): Promise<void> {
    await this.#write(PARCELS, (store) => store.put(parcel));
  }

  async parcels(place: string): Promise<readonly Parcel[]> {
    const store = this.#database.transaction(PARCELS, 'readonly').objectStore(PARCELS);
    const all = await settled<Parcel[]>(store.getAll());
    return all.filter((parcel) => parcel.place === place).sort((a, b) => a.at - b.at);
  }

  async confirm(key: string): Promise<void> {
    await this.#write(PARCELS, (store) => store.delete(key));
  }

  async forgetOld(): Promise<void> {
    const store = this.#database.transaction(WORKS, 'readonly').objectStore(WORKS);
    const works = await settled<WorkRecord[]>(store.getAll());
    const oldest = this.#now() - FORGET_AFTER_MS;
    await Promise.all(works.filter((work) => work.touchedAt < oldest).map((work) => this.remove(work.key)));
  }

  async #change(key: string, change: (work: WorkRecord) => WorkRecord): Promise<void> {
    const transaction = this.#database.transaction(WORKS, 'readwrite');
    const store = transaction.objectStore(WORKS);
    const work = await settled<WorkRecord | undefined>(store.get(key));
    if (work !== undefined) {
      store.put({ ...change(work), touchedAt: this.#now() });
    }
    await finished(transaction);
  }

  async #write(name: string, write: (store: IDBObjectStore) => IDBRequest): Promise<void> {
    const transaction = this.#database.transaction(name, 'readwrite', { durability: 'relaxed' });
    write(transaction.objectStore(name));
    await finished(transaction);
  }
}

/** Two tabs on one work could leave a gap; only the entries before it fit together. */
function unbroken(entries: readonly Entry[]): Entry[] {
  const gap = entries.findIndex((entry, index) => entry.seq !== index + 1);
  return gap === -1 ? [...entries] : entries.slice(0, gap);
}

function entriesOf(key: string): IDBKeyRange {
  return IDBKeyRange.bound([key, 0], [key, Number.MAX_SAFE_INTEGER]);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB request failed'));
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB transaction was aborted'));
  });
}
