import type { GoldItem, GoldPolicy } from '@/api/types';

/** An input of a number that may be empty, as the kit gives it. */
type Figure = number | string;

/** The policy as the form holds it: shares in percent. */
export interface GoldDraft {
  readonly gold: Figure;
  readonly block: Figure;
  readonly feedback: boolean;
  readonly good: Figure;
  readonly bad: Figure;
  readonly falsePass: Figure;
  readonly falseFail: Figure;
  readonly overlap: Figure;
  readonly f1: Figure;
  readonly exam: boolean;
  /** Ids of gold, as a list of choices holds them. */
  readonly items: readonly string[];
  readonly size: Figure;
  /** Empty for the sequential test. */
  readonly pass: Figure;
  readonly retryHours: Figure;
  readonly qualification: string;
}

export function draftOf({ gold, block, feedback, test, match, exam }: GoldPolicy): GoldDraft {
  return {
    gold,
    block,
    feedback,
    good: percent(test.good),
    bad: percent(test.bad),
    falsePass: percent(test.falsePass),
    falseFail: percent(test.falseFail),
    overlap: percent(match.overlap),
    f1: percent(match.f1),
    exam: exam !== undefined,
    items: exam?.items.map(String) ?? [],
    size: exam?.size ?? 10,
    pass: exam?.pass ?? '',
    retryHours: exam ? exam.retryMinutes / 60 : 24,
    qualification: exam?.qualification ?? 'entry-exam',
  };
}

/** The policy that a form describes. Whether it can be in force is the server's to say, with the place of each fault. */
export function policyOf(draft: GoldDraft): GoldPolicy {
  const pass = number(draft.pass);
  return {
    gold: number(draft.gold) ?? 0,
    block: number(draft.block) ?? 0,
    feedback: draft.feedback,
    test: { good: share(draft.good), bad: share(draft.bad), falsePass: share(draft.falsePass), falseFail: share(draft.falseFail) },
    match: { overlap: share(draft.overlap), f1: share(draft.f1) },
    ...(draft.exam
      ? {
          exam: {
            items: draft.items.map(Number),
            size: number(draft.size) ?? 0,
            ...(pass === undefined ? {} : { pass }),
            retryMinutes: Math.round((number(draft.retryHours) ?? 0) * 60),
            qualification: draft.qualification.trim(),
          },
        }
      : {}),
  };
}

/** How gold in use is spread: a row for each class, a figure for each difficulty from 1 to 5. */
export interface Balance {
  readonly category: string;
  readonly byDifficulty: readonly [number, number, number, number, number];
  readonly all: number;
}

export function balanceOf(gold: readonly GoldItem[]): Balance[] {
  const rows = new Map<string, [number, number, number, number, number]>();
  for (const { category, difficulty, retired } of gold) {
    if (retired !== undefined) continue;
    const row = rows.get(category) ?? [0, 0, 0, 0, 0];
    row[difficulty - 1] = (row[difficulty - 1] ?? 0) + 1;
    rows.set(category, row);
  }
  return [...rows]
    .map(([category, byDifficulty]) => ({ category, byDifficulty, all: byDifficulty.reduce((sum, count) => sum + count, 0) }))
    .sort((a, b) => b.all - a.all || a.category.localeCompare(b.category));
}

/** Parts per thousand of a percent survive the way there and back. */
function percent(value: number): number {
  return Math.round(value * 1e5) / 1e3;
}

function share(value: Figure): number {
  return Math.round((number(value) ?? 0) * 1e3) / 1e5;
}

function number(value: Figure): number | undefined {
  const found = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(found) ? found : undefined;
}
