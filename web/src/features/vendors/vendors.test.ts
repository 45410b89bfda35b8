import { describe, expect, it } from 'vitest';
import { contractOf, draftOf as contractDraft } from './contract';
import { boundOf, durationParts, formatMoney, roundEnd } from './figures';
import { draftOf as routingDraft, policyOf, sumOf } from './routing';

describe('a contract in its form', () => {
  const whole = {
    currency: 'EUR',
    prices: [{ taskType: 'text-classification', unit: 'task', amount: '0.12' }, { unit: 'hour', amount: '28.00' }],
    minimum: { amount: '500.00', per: 'month' },
    serviceLevels: { turnRoundHours: 24, acceptance: 0.95 },
    countries: ['FR', 'PT'],
    dataProcessing: 'Article 28 agreement of 1 March',
    from: '2025-03-01',
    to: '2026-02-28',
  };

  it('comes back as it was, amounts as they were written', () => {
    expect(contractOf(contractDraft(whole, '2026-01-01'))).toEqual(whole);
  });

  it('leaves out what is empty', () => {
    const draft = contractDraft(undefined, '2026-01-01');
    expect(contractOf(draft)).toEqual({ currency: 'EUR', prices: [{ unit: 'task', amount: '' }], from: '2026-01-01' });
  });
});

describe('a routing policy in its form', () => {
  it('comes back as it was', () => {
    const policy = { kind: 'adaptive', floor: 0.07, cap: 0.8, overlap: 0.15, everyMinutes: 30, seed: 7 };
    expect(policyOf(routingDraft(policy, ['a', 'b']))).toEqual(policy);
  });

  it('says only what its kind needs', () => {
    const draft = { ...routingDraft(undefined, ['a', 'b', 'c']), quality: 90, budget: '12', seed: 3 };
    expect(policyOf({ ...draft, kind: 'cheapest' })).toEqual({ kind: 'cheapest', quality: 0.9 });
    expect(policyOf({ ...draft, kind: 'best' })).toEqual({ kind: 'best', budget: '12' });
    expect(policyOf({ ...draft, kind: 'fixed' })).toEqual({ kind: 'fixed', shares: { a: 0.34, b: 0.33, c: 0.33 } });
  });

  it('begins with even shares that add up', () => {
    expect(sumOf(routingDraft(undefined, ['a', 'b', 'c', 'd', 'e', 'f', 'g']))).toBe(100);
  });
});

describe('figures', () => {
  it('does not round an amount on the way', () => {
    expect(formatMoney('en', '123456789012.34', 'EUR')).toBe('€123,456,789,012.34');
    expect(formatMoney('en', '0.0425', 'EUR')).toBe('€0.0425');
    expect(formatMoney('en', '12', '')).toBe('12.00');
  });

  it('tells spans in a fitting unit', () => {
    expect(durationParts(90)).toEqual({ value: 90, unit: 'second' });
    expect(durationParts(7_200)).toEqual({ value: 2, unit: 'hour' });
  });

  it('ends scales at round figures', () => {
    expect(boundOf([-0.13, 0.02])).toBe(0.15);
    expect(roundEnd(0.034)).toBeCloseTo(0.05);
    expect(roundEnd(0)).toBe(1);
  });
});
