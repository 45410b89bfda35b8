import type { Contract } from '@/api/types';

/** An input of a number that may be empty, as the kit gives it. */
export type Figure = number | string;

export interface PriceDraft {
  /** A project's template; empty for all that no other price names. */
  readonly taskType: string;
  readonly unit: string;
  readonly amount: string;
}

/** A contract as the form holds it: what may be absent is an empty field, shares are percent. */
export interface ContractDraft {
  readonly currency: string;
  readonly prices: readonly PriceDraft[];
  readonly minimum: string;
  readonly per: string;
  readonly turnRoundHours: Figure;
  readonly acceptance: Figure;
  readonly countries: readonly string[];
  readonly dataProcessing: string;
  readonly from: string;
  readonly to: string;
}

/** The form of a contract; without one, what one would begin with on a day. */
export function draftOf(contract: Contract | undefined, today: string): ContractDraft {
  const { serviceLevels } = contract ?? {};
  return {
    currency: contract?.currency ?? 'EUR',
    prices: (contract?.prices ?? [{ unit: 'task' }]).map(({ taskType = '', unit = 'task', amount = '' }) => ({ taskType, unit, amount })),
    minimum: contract?.minimum?.amount ?? '',
    per: contract?.minimum?.per ?? 'month',
    turnRoundHours: serviceLevels?.turnRoundHours ?? '',
    acceptance: serviceLevels?.acceptance === undefined ? '' : Number((100 * serviceLevels.acceptance).toFixed(6)),
    countries: contract?.countries ?? [],
    dataProcessing: contract?.dataProcessing ?? '',
    from: contract?.from ?? (contract ? '' : today),
    to: contract?.to ?? '',
  };
}

/** The contract that a form describes. Whether it holds is the server's to say, with the place of each fault. */
export function contractOf(draft: ContractDraft): Contract {
  const levels = {
    ...(draft.turnRoundHours === '' ? {} : { turnRoundHours: Number(draft.turnRoundHours) }),
    ...(draft.acceptance === '' ? {} : { acceptance: Number((Number(draft.acceptance) / 100).toFixed(8)) }),
  };
  return {
    currency: draft.currency,
    prices: draft.prices.map(({ taskType, unit, amount }) => ({ ...(taskType ? { taskType } : {}), unit, amount: amount.trim() })),
    ...(draft.minimum.trim() ? { minimum: { amount: draft.minimum.trim(), per: draft.per } } : {}),
    ...(Object.keys(levels).length > 0 ? { serviceLevels: levels } : {}),
    ...(draft.countries.length > 0 ? { countries: draft.countries } : {}),
    ...(draft.dataProcessing.trim() ? { dataProcessing: draft.dataProcessing.trim() } : {}),
    ...(draft.from ? { from: draft.from } : {}),
    ...(draft.to ? { to: draft.to } : {}),
  };
}

/** Currencies to choose from, named by the browser in the reader's language. */
export function currencies(locale: string, chosen: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' });
  const codes = new Set([...Intl.supportedValuesOf('currency'), chosen]);
  return [...codes].filter((code) => /^[A-Z]{3}$/.test(code)).map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
}
