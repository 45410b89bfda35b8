import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { AnswerPreview } from '@/features/queue/AnswerPreview';
import { useDeletion } from '@/features/queue/useDeletion';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';

/** Deletes one answer, after a look at what goes with it. */
export function DeleteAnswer({ client, project, submission }: { client: string; project: string; submission: number }) {
  const { t } = useLingui();
  const { preview, run } = useDeletion(client, project, () => notify(t`Deleted. Under “Queue” it can be brought back for thirty days.`));
  const look = () => preview.mutate({ answers: { ids: [submission] } });
  return (
    <>
      <Button mt={6} size="compact-sm" variant="subtle" color="red" loading={preview.isPending} onClick={look} data-testid={`delete-answer-${submission}`}>
        <Trans>Delete answer</Trans>
      </Button>
      <div aria-live="polite">{preview.data ? <AnswerPreview previewed={preview.data} running={run.isPending} onRun={() => preview.data && run.mutate(preview.data)} /> : null}</div>
      <ProblemAlert error={preview.error ?? run.error} {...(run.error ? { onRetry: look } : {})} />
    </>
  );
}
