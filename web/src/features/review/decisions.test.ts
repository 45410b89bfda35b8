import { describe, expect, it } from 'vitest';
import { allowedAt, meant, needsWords } from './decisions';

describe('decisions', () => {
  it('are those of the place where the answer waits', () => {
    expect([...allowedAt(undefined, true)]).toContain('reject');
    expect([...allowedAt({ stage: 1, seat: 'review' }, false)]).toEqual(['accept', 'fix', 'return', 'escalate']);
    expect([...allowedAt({ stage: 1, seat: 'escalation' }, false)]).not.toContain('escalate');
    expect([...allowedAt({ stage: 1, seat: 'appeal' }, true)]).toEqual(['uphold', 'dismiss']);
  });

  it('keep their keys on an appeal, and mean what is allowed there', () => {
    const appeal = allowedAt({ stage: 1, seat: 'appeal' }, true);
    expect([meant('accept', appeal), meant('return', appeal), meant('fix', appeal)]).toEqual(['uphold', 'dismiss', undefined]);
    expect(meant('return', allowedAt(undefined, true))).toBe('return');
  });

  it('tell the author why, unless they are in his favour', () => {
    expect((['accept', 'fix', 'return', 'reject', 'escalate', 'uphold', 'dismiss'] as const).filter(needsWords)).toEqual(['return', 'reject', 'escalate', 'dismiss']);
  });
});
