import type { Estimate } from '@/api/types';

/** Maps values of a domain to percentages of a plot's width; values outside stay at its edge. */
export interface Scale {
  low: number;
  high: number;
  at: (value: number) => number;
  ticks: readonly number[];
}

export function linear(low: number, high: number, step: number): Scale {
  const count = Math.round((high - low) / step);
  return {
    low,
    high,
    at: (value) => (100 * (Math.min(high, Math.max(low, value)) - low)) / (high - low),
    ticks: Array.from({ length: count + 1 }, (_, n) => Number((low + n * step).toFixed(10))),
  };
}

/**
 * A scale from 0 to 1 that reaches lower where the figures do: chance-corrected agreement can be negative, and
 * skills that all lie near 1 are told apart from half the way up.
 */
export function scaleFor(estimates: readonly Estimate[]): Scale {
  const lows = estimates.map((e) => Math.min(e.low, e.value));
  const least = Math.min(1, ...lows);
  if (least < 0) return linear(least < -0.5 ? -1 : -0.5, 1, 0.5);
  return least >= 0.6 ? linear(0.5, 1, 0.25) : linear(0, 1, 0.5);
}

/**
 * How strong a cell of a confusion matrix is tinted, and whether its figure needs the other ink. The tint leaps in the
 * middle, where neither ink would hold 4.5:1.
 */
export function tint(share: number): { alpha: number; strong: boolean } {
  const held = Math.min(1, Math.max(0, share));
  const strong = held > 0.5;
  return { alpha: Number((strong ? 0.68 + held * 0.32 : held * 0.8).toFixed(3)), strong };
}
