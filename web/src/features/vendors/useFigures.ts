import { useLingui } from '@lingui/react/macro';
import { useFormat } from '@/shared/useFormat';
import { durationParts, formatMoney } from './figures';

/** Amounts, durations and days in the reader's language. */
export function useFigures() {
  const { t } = useLingui();
  const format = useFormat();
  const none = t`unknown`;
  const points = (value: number) => format.number(100 * value, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  return {
    money: (amount: string | number | undefined, currency: string | undefined) => (amount === undefined ? none : formatMoney(format.locale, amount, currency)),
    /** Amounts of several currencies beside each other: they are not added up. */
    moneys: (amounts: Readonly<Record<string, string>>) =>
      Object.entries(amounts)
        .map(([currency, amount]) => formatMoney(format.locale, amount, currency))
        .join(' + '),
    /** With its sign: what something costs more, or less. */
    moneyDifference: (amount: number | undefined, currency: string) =>
      amount === undefined ? none : formatMoney(format.locale, amount, currency, { signDisplay: 'exceptZero' }),
    duration: (seconds: number) => {
      const { value, unit } = durationParts(seconds);
      return format.number(value, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: value < 10 ? 1 : 0 });
    },
    days: (days: number | undefined) => (days === undefined ? none : format.number(days, { maximumFractionDigits: 1 })),
    /** A difference of two shares in percentage points, with its interval. */
    points: ({ value, low, high }: { value: number; low: number; high: number }) => t`${points(value)} points (${points(low)} to ${points(high)})`,
  };
}
