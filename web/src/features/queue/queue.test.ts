import { describe, expect, it } from 'vitest';
import type { QueuePolicy } from '@/api/types';
import { missingIn, NO_ACT, requestOf, taskNumbers } from './acts';
import { draftOf, policyOf } from './policy';

describe('the rules of a queue', () => {
  it('come back from the form as they went in', () => {
    const policies: QueuePolicy[] = [
      {},
      { overlap: { share: 0.015, answers: 3 } },
      { adaptive: { minimum: 2, maximum: 5, agreement: 0.67, confidence: 0.999, accuracy: 0.85 } },
      { adaptive: { minimum: 1, maximum: 4, agreement: 0.5 } },
      { caps: { tasks: 0 } },
      { caps: { share: 0.25 }, audience: { languages: ['fr'], countries: ['CH'], qualifications: ['radiology'] } },
      { budget: { answers: 5000, cost: '150.00', price: '0.25' } },
      { preLabels: true },
    ];
    for (const policy of policies) expect(policyOf(draftOf(policy))).toEqual(policy);
  });

  it('leave out what is switched off, and what is left empty', () => {
    const draft = draftOf({ caps: { tasks: 10, share: 0.5 }, overlap: { share: 0.1, answers: 2 } });
    expect(policyOf({ ...draft, caps: { ...draft.caps, tasks: '' }, overlap: { ...draft.overlap, on: false } })).toEqual({ caps: { share: 0.5 } });
  });

  it('keep amounts as text, digit by digit', () => {
    const draft = draftOf({});
    const budget = { on: true, answers: '', cost: ' 0.10 ', price: '0.05' };
    expect(policyOf({ ...draft, budget })).toEqual({ budget: { cost: '0.10', price: '0.05' } });
  });
});

describe('acts on a filter', () => {
  it('read task numbers with ranges, each once', () => {
    expect(taskNumbers('3, 7-9 8;12')).toEqual([3, 7, 8, 9, 12]);
    expect(taskNumbers('')).toEqual([]);
    for (const wrong of ['x', '9-7', '1-20000', '-4', '1.5']) expect(taskNumbers(wrong)).toBeUndefined();
  });

  it('send only what restricts, and only what the act needs', () => {
    expect(requestOf(NO_ACT)).toEqual({ filter: {}, act: 'set_priority', priority: 10 });
    expect(requestOf({ ...NO_ACT, act: 'move', toBatch: '2', state: 'open', batch: '0', tasks: '5' })).toEqual({
      filter: { state: 'open', batch: 0, tasks: [5] },
      act: 'move',
      batch: 2,
    });
    expect(requestOf({ ...NO_ACT, act: 'cancel', plannedTo: '2026-11-22T10:00' }).filter?.plannedTo).toBe(new Date('2026-11-22T10:00').toISOString());
  });

  it('say what is missing first', () => {
    expect(missingIn({ ...NO_ACT, tasks: 'seven' })).toBe('tasks');
    expect(missingIn({ ...NO_ACT, act: 'assign' })).toBe('people');
    expect(missingIn({ ...NO_ACT, act: 'assign', people: ['a'] })).toBeUndefined();
  });
});
