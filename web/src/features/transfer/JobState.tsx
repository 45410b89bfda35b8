import { Badge } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import type { Job } from '@/api/types';
import { useJobStates } from './useJobWords';

const COLORS: Record<Job['state'], string> = { queued: 'gray', running: 'brass', done: 'verdigris', failed: 'red', cancelled: 'gray' };

/** A job's state, as a word on its colour. */
export function JobState({ job }: { job: Pick<Job, 'state' | 'cancelling'> }) {
  const { t } = useLingui();
  const names = useJobStates();
  const stopping = job.cancelling && job.state === 'running';
  return (
    <Badge color={COLORS[job.state]} data-testid="job-state">
      {stopping ? t`stopping` : names[job.state]}
    </Badge>
  );
}
