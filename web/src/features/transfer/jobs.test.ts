import { describe, expect, it } from 'vitest';
import { actsOf, formatOfName, isOver, percentDone } from './jobs';

describe('a job', () => {
  it('can be cancelled while it waits or runs, once, and resumed when it did not end well', () => {
    const acts = (state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled', kind: 'import' | 'export' = 'import', cancelling = false) => [...actsOf({ state, kind, cancelling })];
    expect(acts('queued')).toEqual(['cancel']);
    expect(acts('running')).toEqual(['cancel']);
    expect(acts('running', 'import', true)).toEqual([]);
    expect(acts('failed')).toEqual(['resume']);
    expect(acts('cancelled', 'export')).toEqual(['resume']);
    expect(acts('done')).toEqual([]);
    expect(acts('done', 'export')).toEqual(['download']);
  });

  it('is never more than done, and says nothing of its share before it knows how much there is', () => {
    expect(percentDone({ state: 'running', done: 5, total: 20 })).toBe(25);
    expect(percentDone({ state: 'running', done: 30, total: 20 })).toBe(100);
    expect(percentDone({ state: 'queued', done: 0, total: 0 })).toBeUndefined();
    expect(percentDone({ state: 'done', done: 0, total: 0 })).toBe(100);
    expect((['done', 'failed', 'cancelled', 'running', 'queued'] as const).map((state) => isOver({ state }))).toEqual([true, true, true, false, false]);
  });

  it('takes the format from the end of a name', () => {
    expect(['rows.jsonl', 'A.CSV', 'x.tsv', 'x.ndjson', 'x.parquet', 'plain'].map(formatOfName)).toEqual(['jsonl', 'csv', 'csv', 'jsonl', undefined, undefined]);
  });
});
