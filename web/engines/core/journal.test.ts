import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { openJournal } from './idb-journal';
import { MemoryJournal, type Journal } from './journal';
import { EMPTY_ANSWER } from './model';
import type { Entry } from './operation-log';

const edit = (seq: number): Entry => ({
  seq,
  type: 'edit',
  operation: { id: `op-${seq}`, at: seq, group: `op-${seq}`, edit: { kind: 'answer', question: 'q', from: null, to: `${seq}` } },
});

let databases = 0;
const kinds: [string, () => Promise<Journal>][] = [
  ['in IndexedDB', () => openJournal(`journal-${++databases}`)],
  ['in memory', async () => new MemoryJournal()],
];

describe.each(kinds)('a journal %s', (_name, open) => {
  it('gives back every entry in order, of that work alone', async () => {
    const journal = await open();
    await journal.open('a', EMPTY_ANSWER);
    await journal.open('ab', EMPTY_ANSWER);
    for (let seq = 1; seq <= 12; seq++) {
      await journal.append('a', edit(seq));
    }
    await journal.append('ab', edit(1));
    const work = await journal.open('a', EMPTY_ANSWER);
    expect(work.entries.map((entry) => entry.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('keeps the first base, what the server has and the time spent', async () => {
    const journal = await open();
    const base = { answers: { q: '1' }, shapes: [] };
    await journal.open('a', base);
    await journal.markSynced('a', 4, base);
    await journal.keepActiveSeconds('a', 12.5);
    expect(await journal.open('a', EMPTY_ANSWER)).toMatchObject({ base, syncedSeq: 4, synced: base, activeSeconds: 12.5 });
  });

  it('forgets a work with its entries', async () => {
    const journal = await open();
    await journal.open('a', EMPTY_ANSWER);
    await journal.append('a', edit(1));
    await journal.remove('a');
    expect((await journal.open('a', EMPTY_ANSWER)).entries).toEqual([]);
  });

  it('keeps parcels until they are confirmed, the oldest first', async () => {
    const journal = await open();
    const parcel = (key: string, at: number) => ({ key, at, place: 'p', idempotencyKey: key, request: {} });
    await journal.send(parcel('b', 2));
    await journal.send(parcel('a', 1));
    await journal.send({ ...parcel('c', 3), place: 'elsewhere' });
    expect((await journal.parcels('p')).map((p) => p.key)).toEqual(['a', 'b']);
    await journal.confirm('a');
    expect((await journal.parcels('p')).map((p) => p.key)).toEqual(['b']);
  });
});

it('an IndexedDB journal is still there when it is opened again', async () => {
  const first = await openJournal('again');
  await first.open('a', EMPTY_ANSWER);
  await first.append('a', edit(1));
  const second = await openJournal('again');
  expect(second.durable).toBe(true);
  expect((await second.open('a', EMPTY_ANSWER)).entries).toHaveLength(1);
});

it('an IndexedDB journal forgets what nobody came back to', async () => {
  const old = await openJournal('old', () => 0);
  await old.open('a', { answers: { q: '1' }, shapes: [] });
  const later = await openJournal('old', () => 31 * 24 * 3_600_000);
  expect((await later.open('a', EMPTY_ANSWER)).base).toEqual(EMPTY_ANSWER);
});
