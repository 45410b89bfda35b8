import type { NamedOrganisation, Wall, WallBody } from '@/api/types';

export const wallKinds = ['owner', 'rival', 'country', 'licence', 'two_persons'] as const;
export type WallKind = (typeof wallKinds)[number];

export function isWallKind(kind: string): kind is WallKind {
  return (wallKinds as readonly string[]).includes(kind);
}

/** A rule as it is being written; members that do not belong to its kind wait for another choice. */
export interface RuleDraft {
  kind: WallKind;
  competitors: readonly NamedOrganisation[];
  percent: number | string;
  days: number | string;
  countries: string[];
  qualifications: string[];
}

export const newRule: RuleDraft = { kind: 'owner', competitors: [], percent: 20, days: 90, countries: [], qualifications: [] };

export function draftOf(wall: Wall, competitors: readonly NamedOrganisation[]): RuleDraft {
  return {
    kind: isWallKind(wall.kind) ? wall.kind : 'two_persons',
    competitors,
    percent: wall.percent ?? newRule.percent,
    days: wall.days ?? newRule.days,
    countries: [...(wall.countries ?? [])],
    qualifications: [...(wall.qualifications ?? [])],
  };
}

/** What the server takes; null while something is missing. */
export function bodyOf(draft: RuleDraft): WallBody | null {
  const competitors = draft.competitors.map(({ id }) => id);
  switch (draft.kind) {
    case 'owner':
      return competitors.length > 0 && typeof draft.percent === 'number' ? { kind: draft.kind, competitors, percent: draft.percent } : null;
    case 'rival':
      return competitors.length > 0 && typeof draft.days === 'number' ? { kind: draft.kind, competitors, days: draft.days } : null;
    case 'country':
      return draft.countries.length > 0 ? { kind: draft.kind, countries: draft.countries } : null;
    case 'licence':
      return draft.qualifications.length > 0 ? { kind: draft.kind, qualifications: draft.qualifications } : null;
    case 'two_persons':
      return { kind: draft.kind };
  }
}

/** The terms of a rule that exists, to be sent back as they are. */
export function termsOf({ kind, competitors, percent, days, countries, qualifications }: Wall): WallBody {
  return {
    kind,
    ...(competitors ? { competitors } : {}),
    ...(percent === undefined ? {} : { percent }),
    ...(days === undefined ? {} : { days }),
    ...(countries ? { countries } : {}),
    ...(qualifications ? { qualifications } : {}),
  };
}
