import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, Select, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { Progress, Planned, Project } from '@/api/types';
import { batchesQuery } from '@/features/queue/queries';
import { EmptyState } from '@/shared/EmptyState';
import { LinkButton } from '@/shared/links';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { notify } from '@/shared/notify';
import { useFormat } from '@/shared/useFormat';
import { DeleteProject } from './DeleteProject';
import { ProjectSettings } from './ProjectSettings';
import { parts } from './progress';
import { ProgressBar } from './ProgressBar';
import classes from './projects.module.css';
import { projectKey, projectPath, projectQuery } from './queries';
import { TaskStateBadge } from './TaskStateBadge';
import { useProjectParams } from './useProjectParams';

export function OverviewTab() {
  const { client, project } = useProjectParams();
  const query = useQuery(projectQuery(client, project));
  return <QueryView query={query}>{(data) => <Overview client={client} project={data} />}</QueryView>;
}

function Overview({ client, project }: { client: string; project: Project }) {
  const { t } = useLingui();
  const format = useFormat();
  const requester = holds(useSession(), client, 'requester');
  const { progress } = project;
  if (progress.assets === 0) {
    return (
      <Stack>
        <EmptyState
          title={t`Nothing to annotate yet`}
          action={
            requester ? (
              <LinkButton to="/clients/$client/projects/$project/assets" params={{ client, project: project.id }}>
                <Trans>Upload assets</Trans>
              </LinkButton>
            ) : null
          }
        >
          <Trans>Upload images or texts; then plan their tasks.</Trans>
        </EmptyState>
        {requester ? <ProjectSettings client={client} project={project} /> : null}
        {requester ? <DeleteProject client={client} project={project} /> : null}
      </Stack>
    );
  }
  return (
    <Stack gap="md">
      {requester && progress.tasks < progress.assets ? <PlanTasks client={client} project={project} /> : null}
      <Section title={t`Progress`} testId="progress">
        <Figures progress={progress} />
        <ProgressBar progress={progress} tall />
        <div className={classes['legend']}>
          {parts(progress).map((part) => (
            <Group key={part.state} gap={6}>
              <TaskStateBadge state={part.state} />
              <b className="tabular" data-testid={`count-${part.state}`}>
                {format.number(part.tasks)}
              </b>
            </Group>
          ))}
        </div>
      </Section>
      {requester ? <ProjectSettings client={client} project={project} /> : null}
      {requester ? <DeleteProject client={client} project={project} /> : null}
    </Stack>
  );
}

function Figures({ progress }: { progress: Progress }) {
  const { t } = useLingui();
  const format = useFormat();
  const figure = (name: string, value: number, of?: ReactNode) => (
    <div>
      <dt>{name}</dt>
      <dd>
        {format.number(value)} {of ? <small>{of}</small> : null}
      </dd>
    </div>
  );
  return (
    <dl className={classes['figures']}>
      {figure(t`Assets`, progress.assets)}
      {figure(t`Tasks done`, progress.done, t`of ${format.number(progress.tasks)}`)}
      {figure(t`Answers`, progress.submissions, t`of ${format.number(progress.submissionsNeeded)}`)}
      {figure(t`Reviews`, progress.reviewed)}
    </dl>
  );
}

/** Assets become tasks when somebody says so, not by being uploaded. */
function PlanTasks({ client, project }: { client: string; project: Project }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const batches = useQuery(batchesQuery(client, project.id)).data ?? [];
  const [batch, setBatch] = useState<string | null>(null);
  const waiting = project.progress.assets - project.progress.tasks;
  const plan = useMutation({
    mutationFn: () => api.post<Planned>(projectPath(client, project.id, 'tasks'), batch === null ? {} : { batch: Number(batch) }),
    onSuccess: ({ planned }) => {
      notify(t`Tasks planned: ${planned}`);
      void queryClient.invalidateQueries({ queryKey: projectKey(client, project.id) });
    },
  });
  return (
    <>
      <Alert color="brass" title={<Plural value={waiting} one="# asset has no task yet" other="# assets have no task yet" />}>
        <Group justify="space-between">
          <Trans>Annotators get nothing from them until their tasks are planned.</Trans>
          <Group gap="xs">
            {batches.length > 0 ? (
              <Select
                aria-label={t`Batch`}
                placeholder={t`in no batch`}
                clearable
                clearButtonProps={{ 'aria-label': t`Clear` }}
                data={batches.map(({ number, name }) => ({ value: String(number), label: name }))}
                value={batch}
                onChange={setBatch}
              />
            ) : null}
            <Button onClick={() => plan.mutate()} loading={plan.isPending} data-testid="plan-tasks">
              <Trans>Plan the tasks</Trans>
            </Button>
          </Group>
        </Group>
      </Alert>
      <ProblemAlert error={plan.error} />
    </>
  );
}
