import type { Stake } from '@/api/types';

/** Places of a graph of stakes: owners above what they hold, vendors at the bottom. Lengths in units of the drawing. */

export const BOX = { width: 168, height: 46 } as const;
const GAP = { x: 28, y: 74 } as const;
const MARGIN = 8;

export interface Placed {
  id: string;
  x: number;
  y: number;
}

export interface Drawing {
  width: number;
  height: number;
  boxes: Placed[];
}

type Link = Pick<Stake, 'owner' | 'held'>;

/**
 * How many stakes lie at most between an organisation and the lowest that it holds. Stakes may run in a circle: a link back to
 * what is being measured does not count.
 */
export function levels(ids: readonly string[], links: readonly Link[]): Map<string, number> {
  const done = new Map<string, number>();
  const open = new Set<string>();
  const measure = (id: string): number => {
    const known = done.get(id);
    if (known !== undefined) return known;
    open.add(id);
    const below = links.filter(({ owner, held }) => owner === id && !open.has(held)).map(({ held }) => measure(held) + 1);
    open.delete(id);
    const level = Math.max(0, ...below);
    done.set(id, level);
    return level;
  };
  for (const id of ids) measure(id);
  return done;
}

/** Rows by level, each row in the order of what stands below it, so that few lines cross; rows are centred. */
export function draw(ids: readonly string[], links: readonly Link[]): Drawing {
  const levelOf = levels(ids, links);
  const rows: string[][] = [];
  for (const id of ids) (rows[levelOf.get(id) ?? 0] ??= []).push(id);
  const widest = Math.max(1, ...rows.map((row) => row?.length ?? 0));
  const width = widest * (BOX.width + GAP.x) - GAP.x + 2 * MARGIN;
  const height = rows.length * (BOX.height + GAP.y) - GAP.y + 2 * MARGIN;
  const centre = new Map<string, number>();
  const boxes: Placed[] = [];
  rows.forEach((row, level) => {
    const pull = new Map(row.map((id) => [id, mean(links.filter(({ owner }) => owner === id).map(({ held }) => centre.get(held)))]));
    const ordered = [...row].sort((a, b) => (pull.get(a) ?? 0) - (pull.get(b) ?? 0));
    const start = (width - (ordered.length * (BOX.width + GAP.x) - GAP.x)) / 2;
    ordered.forEach((id, n) => {
      const x = start + n * (BOX.width + GAP.x);
      centre.set(id, x);
      boxes.push({ id, x, y: MARGIN + (rows.length - 1 - level) * (BOX.height + GAP.y) });
    });
  });
  return { width, height: Math.max(height, BOX.height + 2 * MARGIN), boxes };
}

function mean(values: readonly (number | undefined)[]): number {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
}
