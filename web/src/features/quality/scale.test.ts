import { describe, expect, it } from 'vitest';
import { linear, scaleFor, tint } from './scale';

describe('the plots scale', () => {
  it('puts the ends at the edges and keeps what lies outside on them', () => {
    const scale = linear(0.5, 1, 0.1);
    expect([0.5, 0.75, 1, 0.2, 1.3].map(scale.at)).toEqual([0, 50, 100, 0, 100]);
    expect(scale.ticks).toEqual([0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  });

  it('reaches below zero for agreement worse than chance', () => {
    expect(scaleFor([{ value: 0.1, low: -0.25, high: 0.4 }])).toMatchObject({ low: -0.5, high: 1 });
  });

  it('looks closer when all figures are high, and never at nothing', () => {
    expect(scaleFor([{ value: 0.95, low: 0.8, high: 0.99 }]).low).toBe(0.5);
    expect(scaleFor([{ value: 0.95, low: 0.4, high: 1 }]).low).toBe(0);
    expect(scaleFor([]).low).toBe(0.5);
  });
});

it('inks strong cells light and clamps odd shares', () => {
  expect(tint(0.9).strong).toBe(true);
  expect(tint(0.1).strong).toBe(false);
  expect(tint(-1).alpha).toBe(0);
  expect(tint(2).alpha).toBe(1);
  for (let share = 0; share <= 1; share += 0.01) {
    const { alpha, strong } = tint(share);
    expect(strong ? alpha >= 0.84 : alpha <= 0.4).toBe(true);
  }
});
