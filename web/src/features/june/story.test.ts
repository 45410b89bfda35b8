import { describe, expect, it } from 'vitest';
import { bands, closed, grown, outcomes, type Moment, type Story } from './story';

const closing = (subject: string, opened: boolean, fenced = true): Moment['closings'][number] =>
  ({ id: 1, at: '2025-06-13T00:00:00Z', subject, kind: 'workforce', rule: 'r', version: 1, opened, people: 3, ...(fenced ? { leases: 2, fencedAt: '2025-06-13T00:00:01Z' } : {}) }) as Moment['closings'][number];

const moment = (more: Partial<Moment> = {}): Moment => ({
  at: 0,
  shares: {},
  index: 0.3,
  tasks: 10,
  done: 4,
  answers: 8,
  waiting: 12,
  inWork: 0,
  entries: 50,
  closings: [],
  reported: false,
  ...more,
});

const story = (moments: Moment[], left = false): Story => ({ slug: 's', name: 'S', names: {}, moments, left });

describe('the story of June 2025', () => {
  it('takes a wall for closed by what happened last', () => {
    expect(closed(moment({ closings: [closing('a', true), closing('a', false), closing('b', false)] })).map((one) => one.subject)).toEqual(['b']);
    expect(closed(undefined)).toEqual([]);
  });

  it('promises nothing before anything has happened', () => {
    expect(outcomes([story([moment()]), story([])]).map((one) => one.holds)).toEqual([false, false, false, false, false]);
  });

  it('ticks each outcome when all of it is there', () => {
    const after = { closings: [closing('a', false)], index: 0.25, done: 10, reported: true };
    const stories = [story([moment(), moment(after)], true), story([moment(), moment({ done: 10, reported: true })])];
    expect(outcomes(stories).map((one) => one.holds)).toEqual([true, true, true, true, true]);
    expect(outcomes([story([moment(), moment({ ...after, closings: [closing('a', false, false)] })])])[0].holds).toBe(false);
    expect(outcomes([story([moment(), moment({ ...after, index: 0.35 })])])[3].holds).toBe(false);
  });

  it('keeps a long story short and its end whole', () => {
    let moments: readonly Moment[] = [];
    for (let at = 0; at < 2000; at++) moments = grown(moments, moment({ at }));
    expect(moments.length).toBeLessThanOrEqual(400);
    expect(moments.at(-1)?.at).toBe(1999);
    expect(moments.map((one) => one.at)).toEqual([...moments.map((one) => one.at)].sort((a, b) => a - b));
  });

  it('stacks shares up to the whole', () => {
    const drawn = bands([moment({ at: 0, shares: { a: 0.5, b: 0.5 } }), moment({ at: 10, shares: { a: 0.2, b: 0.8 } })], ['a', 'b']);
    expect(drawn[0]?.path).toBe('M0.00,50.00L100.00,80.00L100.00,100.00L0.00,100.00Z');
    expect(bands([moment({ at: 3, shares: { a: 1 } })], ['a'])[0]?.path).toBe('M0.00,0.00L100.00,0.00L100.00,100.00L0.00,100.00Z');
    expect(drawn[1]?.path).toBe('M0.00,0.00L100.00,0.00L100.00,80.00L0.00,50.00Z');
  });
});
