/** Figures of contracts and measures. Pure: the locale is an argument. */

/**
 * An amount as its currency writes it, with the decimals that prices of single answers need. Amounts come as text and are
 * formatted as text, so that none is rounded on the way; without a currency the number stands alone.
 */
export function formatMoney(locale: string, amount: string | number, currency: string | undefined, options: Intl.NumberFormatOptions = {}): string {
  const format = new Intl.NumberFormat(locale, {
    ...(currency ? { style: 'currency', currency } : {}),
    minimumFractionDigits: 2,
    maximumFractionDigits: Math.abs(Number(amount)) < 10 ? 4 : 2,
    ...options,
  });
  return format.format(amount as Intl.StringNumericLiteral);
}

export type DurationUnit = 'second' | 'minute' | 'hour' | 'day';

/** A span in the largest unit of which it has two or more. */
export function durationParts(seconds: number): { value: number; unit: DurationUnit } {
  if (seconds < 120) return { value: seconds, unit: 'second' };
  if (seconds < 7_200) return { value: seconds / 60, unit: 'minute' };
  if (seconds < 172_800) return { value: seconds / 3_600, unit: 'hour' };
  return { value: seconds / 86_400, unit: 'day' };
}

/** The least round bound that holds all of some figures, for a scale around zero. */
export function boundOf(values: readonly number[]): number {
  const most = Math.max(0, ...values.map(Math.abs));
  return [0.05, 0.1, 0.15, 0.2, 0.3, 0.5].find((bound) => most <= bound) ?? 1;
}

/** A round end of a scale that begins at zero: 1, 2 or 5 times a power of ten. */
export function roundEnd(most: number): number {
  if (!(most > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return power * ([1, 2, 5].find((step) => most <= step * power) ?? 10);
}
