import type { QueuePolicy } from '@/api/types';

/** An input of a number that may be empty, as the kit gives it. */
export type Figure = number | string;

/** The rules as the form holds them: shares in percent, everything that may be absent as an empty field. */
export interface PolicyDraft {
  readonly overlap: { readonly on: boolean; readonly percent: Figure; readonly answers: Figure };
  readonly adaptive: {
    readonly on: boolean;
    readonly minimum: Figure;
    readonly maximum: Figure;
    readonly agreement: Figure;
    readonly confidence: Figure;
    readonly accuracy: Figure;
  };
  readonly caps: { readonly on: boolean; readonly tasks: Figure; readonly percent: Figure; readonly skips: Figure };
  readonly audience: {
    readonly on: boolean;
    readonly languages: readonly string[];
    readonly countries: readonly string[];
    readonly qualifications: readonly string[];
  };
  readonly budget: { readonly on: boolean; readonly answers: Figure; readonly cost: string; readonly price: string };
  readonly preLabels: { readonly on: boolean };
}

export type RuleName = keyof PolicyDraft;

/** The form of rules in force; a rule that is not set is off, with the values that one would begin with. */
export function draftOf({ overlap, adaptive, caps, audience, budget, preLabels }: QueuePolicy): PolicyDraft {
  return {
    overlap: { on: overlap !== undefined, percent: overlap ? percent(overlap.share) : 10, answers: overlap?.answers ?? 3 },
    adaptive: {
      on: adaptive !== undefined,
      minimum: adaptive?.minimum ?? 2,
      maximum: adaptive?.maximum ?? 5,
      agreement: optionalPercent(adaptive?.agreement),
      confidence: adaptive ? optionalPercent(adaptive.confidence) : 95,
      accuracy: adaptive ? optionalPercent(adaptive.accuracy) : 85,
    },
    caps: { on: caps !== undefined, tasks: caps?.tasks ?? '', percent: optionalPercent(caps?.share), skips: caps?.skips ?? '' },
    audience: {
      on: audience !== undefined,
      languages: audience?.languages ?? [],
      countries: audience?.countries ?? [],
      qualifications: audience?.qualifications ?? [],
    },
    budget: { on: budget !== undefined, answers: budget?.answers ?? '', cost: budget?.cost ?? '', price: budget?.price ?? '' },
    preLabels: { on: preLabels === true },
  };
}

/** The rules that a form describes. Whether they can be in force is the server's to say, with the place of each fault. */
export function policyOf(draft: PolicyDraft): QueuePolicy {
  const { overlap, adaptive, caps, audience, budget, preLabels } = draft;
  return {
    ...(overlap.on ? { overlap: { share: share(overlap.percent) ?? 0, answers: count(overlap.answers) ?? 0 } } : {}),
    ...(adaptive.on
      ? {
          adaptive: {
            minimum: count(adaptive.minimum) ?? 0,
            maximum: count(adaptive.maximum) ?? 0,
            ...present('agreement', share(adaptive.agreement)),
            ...present('confidence', share(adaptive.confidence)),
            ...present('accuracy', share(adaptive.accuracy)),
          },
        }
      : {}),
    ...(caps.on ? { caps: { ...present('tasks', count(caps.tasks)), ...present('share', share(caps.percent)), ...present('skips', count(caps.skips)) } } : {}),
    ...(audience.on
      ? { audience: { languages: [...audience.languages], countries: [...audience.countries], qualifications: [...audience.qualifications] } }
      : {}),
    ...(budget.on
      ? {
          budget: {
            ...present('answers', count(budget.answers)),
            ...present('cost', budget.cost.trim() || undefined),
            ...present('price', budget.price.trim() || undefined),
          },
        }
      : {}),
    ...(preLabels.on ? { preLabels: true } : {}),
  };
}

/** Parts per thousand of a percent survive the way there and back. */
function percent(value: number): number {
  return Math.round(value * 1e5) / 1e3;
}

function optionalPercent(value: number | undefined): Figure {
  return value === undefined ? '' : percent(value);
}

function share(value: Figure): number | undefined {
  const number = count(value);
  return number === undefined ? undefined : Math.round(number * 1e3) / 1e5;
}

function count(value: Figure): number | undefined {
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function present<K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, V>);
}
