import { describe, expect, it } from 'vitest';
import { bodyOf, newRule } from './rules';

const globex = { id: 'g', name: 'Globex' };

describe('a rule that is being written', () => {
  it('is sent with the members of its kind alone', () => {
    const draft = { ...newRule, competitors: [globex], countries: ['FR'] };
    expect(bodyOf(draft)).toEqual({ kind: 'owner', competitors: ['g'], percent: 20 });
    expect(bodyOf({ ...draft, kind: 'rival' })).toEqual({ kind: 'rival', competitors: ['g'], days: 90 });
    expect(bodyOf({ ...draft, kind: 'country' })).toEqual({ kind: 'country', countries: ['FR'] });
    expect(bodyOf({ ...draft, kind: 'two_persons' })).toEqual({ kind: 'two_persons' });
  });

  it('is not sent while something is missing', () => {
    expect(bodyOf(newRule)).toBeNull();
    expect(bodyOf({ ...newRule, competitors: [globex], percent: '' })).toBeNull();
    expect(bodyOf({ ...newRule, kind: 'licence' })).toBeNull();
  });
});
