import { describe, expect, it } from 'vitest';
import { momentOf, viewOf } from './entry';

describe('an audit entry', () => {
  it('tells who did what and when, and keeps the rest in its order', () => {
    const view = viewOf({ v: 1, op: 'VIEW', actor: 'ann-7', at: '2026-11-22T10:00:00Z', asset: 'a1', sha256: 'ff', note: null });
    expect(view).toEqual({
      op: 'VIEW',
      actor: 'ann-7',
      at: '2026-11-22T10:00:00.000Z',
      details: [
        { name: 'asset', value: 'a1' },
        { name: 'sha256', value: 'ff' },
      ],
    });
  });

  it('shows members that it does not know rather than hiding them', () => {
    expect(viewOf({ op: 'EXPORT', extra: { files: 3 } }).details).toEqual([{ name: 'extra', value: '{"files":3}' }]);
    expect(viewOf({})).toEqual({ op: '', actor: '', at: null, details: [] });
  });

  it('reads epoch seconds, milliseconds and microseconds', () => {
    const moment = '2026-11-22T10:00:00.000Z';
    const seconds = Date.parse(moment) / 1000;
    expect([seconds, seconds * 1e3, seconds * 1e6].map(momentOf)).toEqual([moment, moment, moment]);
    expect(momentOf('yesterday')).toBeNull();
  });
});
