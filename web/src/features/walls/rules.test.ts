import { describe, expect, it } from 'vitest';
import { bodyOf, namesIn, newRule } from './rules';

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

describe('the names of competitors', () => {
  it('are taken from the sentence', () => {
    const sentence = 'No workforce of a vendor in which Globex or Initech holds more than 24.5 %, directly or through others.';
    expect(namesIn({ competitors: ['g', 'i'], sentence })).toEqual(['Globex', 'Initech']);
    expect(namesIn({ competitors: ['g'], sentence: 'No person who has worked for Globex in the last 90 days.' })).toEqual(['Globex']);
    expect(namesIn({ sentence: 'Only people who work in DE or FR.' })).toEqual([]);
  });

  it('stay together where a name cannot be told from two', () => {
    const sentence = 'No person who has worked for Life or Death Ltd in the last 90 days.';
    expect(namesIn({ competitors: ['l'], sentence })).toEqual(['Life or Death Ltd']);
  });
});
