import type { Job } from '@/api/types';

/** What is left of a job to do: nothing more by itself. */
export function isOver({ state }: Pick<Job, 'state'>): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

/** The share that is done, in percent; undefined while nobody knows how much there is. */
export function percentDone({ state, done, total }: Pick<Job, 'state' | 'done' | 'total'>): number | undefined {
  if (state === 'done') return 100;
  if (total <= 0) return undefined;
  return Math.min(100, (100 * done) / total);
}

/** What may be done with a job as it stands. */
export function actsOf(job: Pick<Job, 'state' | 'cancelling' | 'kind'>): ReadonlySet<'cancel' | 'resume' | 'download'> {
  switch (job.state) {
    case 'queued':
    case 'running':
      return new Set(job.cancelling ? [] : ['cancel']);
    case 'failed':
    case 'cancelled':
      return new Set(['resume']);
    case 'done':
      return new Set(job.kind === 'export' ? ['download'] : []);
  }
}

/** The format that an import's name ends in, as the server reads it; undefined where one has to be chosen. */
export function formatOfName(name: string): 'jsonl' | 'csv' | undefined {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (['jsonl', 'ndjson', 'json'].includes(ending)) return 'jsonl';
  return ['csv', 'tsv', 'txt'].includes(ending) ? 'csv' : undefined;
}
