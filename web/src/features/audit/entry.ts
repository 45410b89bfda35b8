/** Reads what a page shows of an audit leaf. Leaves differ by operation and version, so nothing is taken for granted. */

export interface EntryView {
  op: string;
  actor: string;
  at: string | null;
  /** All other members, in the leaf's order, as texts. */
  details: { name: string; value: string }[];
}

const ACTOR = ['actor', 'who', 'person'];
const TIME = ['at', 'time', 'timestamp', 'ts'];
const OPERATION = ['op', 'operation', 'kind', 'type'];
/** The salt serves whoever checks a proof, and stands in what the proof downloads. */
const HIDDEN = ['v', 'version', 'client', 'salt'];

export function viewOf(entry: Readonly<Record<string, unknown>>): EntryView {
  const find = (names: readonly string[]) => names.find((name) => entry[name] !== undefined && entry[name] !== null);
  const op = find(OPERATION);
  const actor = find(ACTOR);
  const time = find(TIME);
  const used = new Set([op, actor, time, ...HIDDEN]);
  return {
    op: op ? textOf(entry[op]) : '',
    actor: actor ? textOf(entry[actor]) : '',
    at: time ? momentOf(entry[time]) : null,
    details: Object.entries(entry)
      .filter(([name, value]) => !used.has(name) && value !== null && value !== undefined && value !== '')
      .map(([name, value]) => ({ name, value: textOf(value) })),
  };
}

/** An RFC 3339 text, or epoch milliseconds or microseconds, as RFC 3339; null for anything else. */
export function momentOf(value: unknown): string | null {
  if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return new Date(value).toISOString();
  if (typeof value === 'number' && value > 0) {
    const milliseconds = value > 1e14 ? value / 1000 : value > 1e11 ? value : value * 1000;
    return new Date(milliseconds).toISOString();
  }
  return null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Ids and hashes by their two ends: those of one time begin alike. */
export function shortened(value: string): string {
  return value.length > 28 && !value.includes(' ') ? `${value.slice(0, 8)}…${value.slice(-6)}` : value;
}
