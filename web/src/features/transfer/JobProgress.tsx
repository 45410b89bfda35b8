import { useLingui } from '@lingui/react/macro';
import { Progress, Text } from '@mantine/core';
import type { Job } from '@/api/types';
import { useFormat } from '@/shared/useFormat';
import { isOver, percentDone } from './jobs';
import { useJobKinds } from './useJobWords';

/** How far a job is: bytes of a file that is read, rows of one that is written. */
export function JobProgress({ job }: { job: Job }) {
  const { t } = useLingui();
  const format = useFormat();
  const kinds = useJobKinds();
  const percent = percentDone(job);
  const figure = (value: number) => (job.kind === 'import' ? format.bytes(value) : format.number(value));
  const kind = kinds[job.kind];
  return (
    <>
      <Progress value={percent ?? 100} animated={percent === undefined && !isOver(job)} size="sm" color={job.state === 'failed' ? 'red' : 'verdigris'} aria-label={t`Progress: ${kind}`} />
      {job.total > 0 ? (
        <Text size="xs" c="dimmed" mt={3} className="tabular" data-testid="job-progress">
          {t`${figure(job.done)} of ${figure(job.total)}`}
        </Text>
      ) : null}
    </>
  );
}
