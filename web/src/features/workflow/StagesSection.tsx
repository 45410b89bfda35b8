import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { ReviewWorkflow } from '@/api/types';
import { IconPlus } from '@/design/icons';
import { projectPath } from '@/features/projects/queries';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Section } from '@/shared/Section';
import { workflowQuery } from './queries';
import { StageFields } from './StageFields';
import { draftsOf, MOST_STAGES, moved, stagesOf, withNewStage } from './stages';

interface Props {
  client: string;
  project: string;
  inForce: ReviewWorkflow;
  mayChange: boolean;
}

/** The stages that answers pass, edited as a whole: a new version concerns answers that come in from then on. */
export function StagesSection({ client, project, inForce, mayChange }: Props) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [drafts, setDrafts] = useState(() => draftsOf(inForce.stages));
  const save = useMutation({
    mutationFn: () => api.put<ReviewWorkflow>(projectPath(client, project, 'workflow'), { stages: stagesOf(drafts) }),
    onSuccess: (workflow) => {
      queryClient.setQueryData(workflowQuery(client, project).queryKey, workflow);
      notify(t`The stages are in force`);
    },
  });
  const problem = save.error instanceof ApiError ? save.error : null;
  const changed = JSON.stringify(stagesOf(drafts)) !== JSON.stringify(stagesOf(draftsOf(inForce.stages)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const version = inForce.version;
  return (
    <Section
      title={t`Stages`}
      testId="stages"
      subtitle={
        version === 0 ? (
          <Trans>So far the project's review share says it all. Stages of your own take its place.</Trans>
        ) : (
          <Trans>Version {version}. Which stages an answer passes is settled when it comes in.</Trans>
        )
      }
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {drafts.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>Without a stage no answer is reviewed.</Trans>
            </Text>
          ) : null}
          {drafts.map((draft, index) => (
            <StageFields
              key={draft.key}
              draft={draft}
              index={index}
              count={drafts.length}
              disabled={!mayChange}
              fault={(field) => problem?.faultsAt(`/stages/${index}${field}`)[0]}
              change={(part) => setDrafts(drafts.map((one) => (one.key === draft.key ? { ...one, ...part } : one)))}
              move={(by) => setDrafts([...moved(drafts, index, by)])}
              remove={() => setDrafts(drafts.filter((one) => one.key !== draft.key))}
            />
          ))}
          <ProblemAlert error={save.error} hideFaults />
          {mayChange ? (
            <Group justify="space-between">
              <Button variant="default" leftSection={<IconPlus size={16} />} disabled={drafts.length >= MOST_STAGES} onClick={() => setDrafts(withNewStage(drafts, t`Stage ${drafts.length + 1}`))} data-testid="add-stage">
                <Trans>Add a stage</Trans>
              </Button>
              <Group gap="xs">
                <Button variant="default" disabled={!changed} onClick={() => setDrafts(draftsOf(inForce.stages))}>
                  <Trans>Discard</Trans>
                </Button>
                <Button type="submit" disabled={!changed} loading={save.isPending} data-testid="save-stages">
                  <Trans>Put in force</Trans>
                </Button>
              </Group>
            </Group>
          ) : null}
        </Stack>
      </form>
    </Section>
  );
}
