import { describe, expect, it } from 'vitest';
import type { GoldItem, GoldPolicy } from '@/api/types';
import { balanceOf, draftOf, policyOf } from './policy';

const policy: GoldPolicy = {
  block: 20,
  gold: 1,
  feedback: true,
  test: { good: 0.9, bad: 0.7, falsePass: 0.05, falseFail: 0.01 },
  match: { overlap: 0.5, f1: 1 },
};
const exam = { items: [3, 5], size: 2, retryMinutes: 90, qualification: 'entry-exam' };

describe('the form of the gold policy', () => {
  it('gives back what it was made of, with an exam and without', () => {
    expect(policyOf(draftOf(policy))).toEqual(policy);
    expect(policyOf(draftOf({ ...policy, exam }))).toEqual({ ...policy, exam });
    expect(policyOf(draftOf({ ...policy, exam: { ...exam, pass: 1 } }))).toEqual({ ...policy, exam: { ...exam, pass: 1 } });
  });

  it('leaves an exam out that is switched off', () => {
    expect(policyOf({ ...draftOf({ ...policy, exam }), exam: false })).toEqual(policy);
  });
});

describe('the balance of gold', () => {
  const item = (id: number, category: string, difficulty: number, retired?: string): GoldItem => ({
    id,
    task: id,
    category,
    difficulty,
    shown: 0,
    answered: 0,
    right: 0,
    at: '2026-11-22T00:00:00Z',
    ...(retired === undefined ? {} : { retired }),
  });

  it('counts what is in use by class and difficulty, the most frequent class first', () => {
    const gold = [item(1, 'cat', 3), item(2, 'dog', 1), item(3, 'dog', 5), item(4, 'cat', 3, 'wrong'), item(5, 'dog', 1)];
    expect(balanceOf(gold)).toEqual([
      { category: 'dog', byDifficulty: [2, 0, 0, 0, 1], all: 3 },
      { category: 'cat', byDifficulty: [0, 0, 1, 0, 0], all: 1 },
    ]);
  });
});
