/** An amount as the reader writes money, with all digits that the ledger keeps: amounts come as decimal text and are not rounded. */
export function money(locale: string, amount: string, currency: string): string {
  const fraction = amount.split('.')[1]?.length ?? 0;
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const least = format.resolvedOptions().minimumFractionDigits ?? 2;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    maximumFractionDigits: Math.max(least, Math.min(fraction, 12)),
  }).format(amount as Intl.StringNumericLiteral);
}

/** The month that a day (2026-11-22) lies in. */
export const monthOf = (iso: string): string => iso.slice(0, 7);
