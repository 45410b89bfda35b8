/** Reads the sentences in which the router gives its reasons: they stand in the log in English, and are shown in every language. */

export interface Known {
  /** In percent; absent while nothing is measured. */
  right?: { value: number; low: number; high: number };
  /** Of an annotation; absent without a contract. */
  price?: number;
}

export type Reason =
  | { kind: 'fixed' | 'fixed-rest' | 'fixed-even' }
  | { kind: 'walled'; name: string }
  | { kind: 'closed'; name: string; why: string }
  | ({ kind: 'cheapest'; name: string; probability: number } & Known)
  | ({ kind: 'reaches'; name: string; percent: number } & Known)
  | ({ kind: 'nearest'; name: string; percent: number } & Known)
  | { kind: 'pays'; each: number; used: number }
  | { kind: 'falls-short'; each: number; needed: number }
  | { kind: 'used-up'; each: number };

const KNOWN = '(?:right on (?<value>[\\d.]+) % \\((?<low>[\\d.]+) to (?<high>[\\d.]+)\\)|not measured yet)';
const PRICED = '(?:(?<price>[\\d.]+) an annotation|no price)';

const FORMS: readonly [RegExp, (found: Readonly<Record<string, string | undefined>>) => Reason][] = [
  [/^The shares are fixed\.$/, () => ({ kind: 'fixed' })],
  [/^The shares are fixed; those who may work share the rest/, () => ({ kind: 'fixed-rest' })],
  [/^The shares are fixed for workforces that may not work/, () => ({ kind: 'fixed-even' })],
  [/^(?<name>.+) takes nothing: A wall keeps /, ({ name = '' }) => ({ kind: 'walled', name })],
  [/^(?<name>.+) takes nothing: (?<why>.+)$/, ({ name = '', why = '' }) => ({ kind: 'closed', name, why })],
  [
    new RegExp(`^(?<name>.+) is the cheapest per correct annotation with probability (?<probability>[\\d.]+): ${PRICED}, ${KNOWN}\\.$`),
    (found) => ({ kind: 'cheapest', name: found['name'] ?? '', probability: Number(found['probability']), ...known(found) }),
  ],
  [
    new RegExp(`^(?<name>.+) is the cheapest that reaches (?<percent>[\\d.]+) %: ${PRICED}, ${KNOWN}\\.$`),
    (found) => ({ kind: 'reaches', name: found['name'] ?? '', percent: Number(found['percent']), ...known(found) }),
  ],
  [
    new RegExp(`^Nobody is known to reach (?<percent>[\\d.]+) %; (?<name>.+) comes nearest \\(${KNOWN}\\)\\.$`),
    (found) => ({ kind: 'nearest', name: found['name'] ?? '', percent: Number(found['percent']), ...known(found) }),
  ],
  [/^The budget pays for the best order of accuracy: (?<each>[\d.]+) an annotation, (?<used>[\d.]+) are used/, ({ each, used }) => ({ kind: 'pays', each: Number(each), used: Number(used) })],
  [/^The budget pays (?<each>[\d.]+) an annotation and the cheapest shares cost (?<needed>[\d.]+)/, ({ each, needed }) => ({ kind: 'falls-short', each: Number(each), needed: Number(needed) })],
  [/^The budget pays (?<each>[\d.]+) an annotation; these shares use it up/, ({ each }) => ({ kind: 'used-up', each: Number(each) })],
];

function known({ value, low, high, price }: Readonly<Record<string, string | undefined>>): Known {
  return {
    ...(value === undefined ? {} : { right: { value: Number(value), low: Number(low), high: Number(high) } }),
    ...(price === undefined ? {} : { price: Number(price) }),
  };
}

/** What a sentence says; none for one that is not known here. */
export function reasonOf(sentence: string): Reason | undefined {
  for (const [form, read] of FORMS) {
    const found = form.exec(sentence);
    if (found) return read(found.groups ?? {});
  }
  return undefined;
}
