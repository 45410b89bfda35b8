import type { Schemas } from '@/api/types';

/** What the page knows of one client at one moment. */
export interface Moment {
  at: number;
  /** Of all answers, by vendor. */
  shares: Readonly<Record<string, number>>;
  index: number;
  /** The pace that is kept if the greatest vendor stops; absent where there is none. */
  readiness?: number;
  tasks: number;
  done: number;
  answers: number;
  waiting: number;
  inWork: number;
  /** Entries of the client's log under its signed head. */
  entries: number;
  closings: readonly Schemas['ClosingView'][];
  /** Whether an exposure report left. */
  reported: boolean;
}

/** A client as it was seen, oldest first; it may have left meanwhile. */
export interface Story {
  slug: string;
  name: string;
  names: Readonly<Record<string, string>>;
  moments: readonly Moment[];
  left: boolean;
}

const MOST = 400;

/** Adds a moment; of a long story every second of the older moments is kept. */
export function grown(moments: readonly Moment[], moment: Moment): readonly Moment[] {
  const all = [...moments, moment];
  return all.length <= MOST ? all : all.filter((_, i) => i % 2 === 1 || i > MOST / 2);
}

export function latest(story: Story): Moment | undefined {
  return story.moments.at(-1);
}

/** The walls that stand closed before a workforce now. */
export function closed(moment: Moment | undefined): Schemas['ClosingView'][] {
  const seen = new Set<string>();
  // Newest first: what happened last to a workforce counts.
  return (moment?.closings ?? []).filter((one) => !seen.has(one.subject) && seen.add(one.subject) && !one.opened);
}

/** How something came about: how many of how many, and whether that is all. */
export interface Outcome {
  done: number;
  of: number;
  holds: boolean;
}

const outcome = (done: number, of: number, holds = of > 0 && done === of): Outcome => ({ done, of, holds });

/** The five outcomes, as far as the ordinary API tells. */
export function outcomes(stories: readonly Story[]): [Outcome, Outcome, Outcome, Outcome, Outcome] {
  const walled = stories.filter((story) => closed(latest(story)).length > 0);
  const fenced = walled.filter((story) => closed(latest(story)).every((one) => one.fencedAt !== undefined));
  const finished = stories.filter((story) => {
    const now = latest(story);
    return now !== undefined && now.tasks > 0 && now.done === now.tasks;
  });
  const freer = walled.filter((story) => {
    const before = story.moments.findLast((moment) => closed(moment).length === 0);
    const now = latest(story);
    return before !== undefined && now !== undefined && now.index < before.index;
  });
  return [
    outcome(fenced.length, walled.length),
    outcome(finished.length, stories.length),
    outcome(stories.filter((story) => latest(story)?.reported).length, stories.length),
    outcome(freer.length, walled.length),
    outcome(stories.filter((story) => story.left).length, 1, stories.some((story) => story.left)),
  ];
}

/** A band of the stacked shares, as an SVG path in a box of 100 by 100. */
export function bands(seen: readonly Moment[], vendors: readonly string[]): { vendor: string; path: string }[] {
  // One moment fills the box: a line has no area.
  const moments = seen.length === 1 ? [...seen, ...seen] : seen;
  const first = moments[0]?.at ?? 0;
  const span = Math.max(1, (moments.at(-1)?.at ?? 0) - first);
  const x = (moment: Moment, i: number) => (seen.length === 1 ? 100 * i : ((moment.at - first) / span) * 100).toFixed(2);
  const below = moments.map(() => 0);
  return vendors.map((vendor) => {
    const bottom = moments.map((moment, i) => `${x(moment, i)},${(100 - 100 * (below[i] ?? 0)).toFixed(2)}`);
    moments.forEach((moment, i) => (below[i] = (below[i] ?? 0) + (moment.shares[vendor] ?? 0)));
    const top = moments.map((moment, i) => `${x(moment, i)},${(100 - 100 * (below[i] ?? 0)).toFixed(2)}`);
    return { vendor, path: `M${[...top, ...bottom.reverse()].join('L')}Z` };
  });
}
