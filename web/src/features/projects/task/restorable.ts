import type { HistoryEntry } from '@/api/types';

export interface Restoration {
  readonly submission: number;
  readonly mended: boolean;
}

/** The answer that an entry of the history made, if it made one: its author's, or the one that a reviewer made of it. */
export function restorable({ kind, submission, reason }: Pick<HistoryEntry, 'kind' | 'submission' | 'reason'>): Restoration | undefined {
  if (submission === undefined) return undefined;
  if (kind === 'submitted') return { submission, mended: false };
  return kind === 'decided' && reason === 'fix' ? { submission, mended: true } : undefined;
}
