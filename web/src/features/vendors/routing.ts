import type { RoutingPolicy } from '@/api/types';
import type { Figure } from './contract';

export const KINDS = ['fixed', 'cheapest', 'best', 'adaptive'] as const;
export type RoutingKind = (typeof KINDS)[number];

/** A policy as the form holds it: shares in percent, everything that may be absent as an empty field. */
export interface RoutingDraft {
  readonly kind: RoutingKind;
  readonly shares: Readonly<Record<string, Figure>>;
  readonly quality: Figure;
  readonly budget: string;
  readonly floor: Figure;
  readonly cap: Figure;
  readonly overlap: Figure;
  readonly everyMinutes: Figure;
  readonly seed: Figure;
}

/** The form of a policy; without one, the adaptive kind with the server's own bounds. Fixed shares begin even. */
export function draftOf(policy: RoutingPolicy | undefined, workforces: readonly string[]): RoutingDraft {
  const even = Math.floor(100 / Math.max(1, workforces.length));
  return {
    kind: KINDS.find((kind) => kind === policy?.kind) ?? 'adaptive',
    shares: Object.fromEntries(
      workforces.map((id, n) => [id, policy?.shares ? percent(policy.shares[id] ?? 0) : n === 0 ? 100 - even * (workforces.length - 1) : even]),
    ),
    quality: percent(policy?.quality),
    budget: policy?.budget ?? '',
    floor: percent(policy?.floor),
    cap: percent(policy?.cap),
    overlap: percent(policy?.overlap),
    everyMinutes: policy?.everyMinutes ?? '',
    seed: policy?.seed ?? '',
  };
}

/** The policy that a form describes: only what its kind needs. Whether it can be in force is the server's to say. */
export function policyOf(draft: RoutingDraft): RoutingPolicy {
  const { kind } = draft;
  return {
    kind,
    ...(kind === 'fixed' ? { shares: Object.fromEntries(Object.entries(draft.shares).map(([id, figure]) => [id, share(figure) ?? 0])) } : {}),
    ...(kind === 'cheapest' ? optional('quality', share(draft.quality)) : {}),
    ...(kind === 'best' && draft.budget.trim() ? { budget: draft.budget.trim() } : {}),
    ...optional('floor', share(draft.floor)),
    ...optional('cap', share(draft.cap)),
    ...optional('overlap', share(draft.overlap)),
    ...optional('everyMinutes', count(draft.everyMinutes)),
    ...(kind === 'adaptive' ? optional('seed', count(draft.seed)) : {}),
  };
}

/** The sum of the fixed shares, in percent. */
export function sumOf(draft: RoutingDraft): number {
  return Number(
    Object.values(draft.shares)
      .reduce((sum: number, figure) => sum + (Number(figure) || 0), 0)
      .toFixed(6),
  );
}

function percent(value: number): number;
function percent(value: number | undefined): Figure;
function percent(value: number | undefined): Figure {
  return value === undefined ? '' : Number((100 * value).toFixed(6));
}

function share(value: Figure): number | undefined {
  return value === '' ? undefined : Number((Number(value) / 100).toFixed(8));
}

function count(value: Figure): number | undefined {
  return value === '' ? undefined : Number(value);
}

function optional<Name extends string>(name: Name, value: number | undefined): Partial<Record<Name, number>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, number>);
}
