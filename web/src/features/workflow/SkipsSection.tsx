import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import type { Skip, TaskSummary } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';
import { useSkipReasons } from '@/features/projects/task/useHappenings';
import { LinkAnchor } from '@/shared/links';
import { Pager } from '@/shared/Pager';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { usePages } from '@/shared/usePages';
import { Case } from './Case';
import { skipCountsQuery } from './queries';
import classes from './workflow.module.css';

const list = { listStyle: 'none', margin: 0, padding: 0 };

/** Tasks that several people gave up, or that nobody is left for: a requester puts them back or withdraws them. */
export function GivenUpSection({ client, project, mayAct }: { client: string; project: string; mayAct: boolean }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const pages = usePages<TaskSummary>([...projectKey(client, project), 'tasks', 'given-up'], projectPath(client, project, 'tasks'), { limit: 20, filter: { state: 'escalated' } });
  const act = useMutation({
    mutationFn: ({ task, what }: { task: number; what: 'reopening' | 'cancellation' }) => api.post(projectPath(client, project, 'tasks', task, what)),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: projectKey(client, project) }),
  });
  return (
    <Section title={t`Given up`} testId="given-up" subtitle={<Trans>Tasks that three people skipped, or that nobody is left for who has not skipped them. They wait for a requester.</Trans>}>
      <QueryView query={pages.query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>No task was given up.</Trans>
            </Text>
          ) : (
            <ul style={list}>
              {items.map((task) => (
                <li key={task.id} className={classes['case']} data-testid={`given-up-${task.id}`}>
                  <Group justify="space-between" gap="xs">
                    <LinkAnchor size="sm" to="/clients/$client/projects/$project/tasks" params={{ client, project }} search={{ task: task.id }}>
                      {t`Task ${task.id}`}, {task.asset.name}
                    </LinkAnchor>
                    {mayAct ? (
                      <Group gap="xs">
                        <Button size="compact-sm" variant="default" loading={act.isPending} onClick={() => act.mutate({ task: task.id, what: 'reopening' })}>
                          <Trans>Put it back into the queue</Trans>
                        </Button>
                        <Button size="compact-sm" variant="default" loading={act.isPending} onClick={() => act.mutate({ task: task.id, what: 'cancellation' })}>
                          <Trans>Cancel the task</Trans>
                        </Button>
                      </Group>
                    ) : null}
                  </Group>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
      <ProblemAlert error={act.error} />
      <Pager pages={pages} />
    </Section>
  );
}

/** What annotators would not do, with their reasons and words. */
export function SkipsSection({ client, project }: { client: string; project: string }) {
  const { t } = useLingui();
  const reasons = useSkipReasons();
  const [reason, setReason] = useState('all');
  const pages = usePages<Skip>([...projectKey(client, project), 'skips'], projectPath(client, project, 'skips'), {
    limit: 20,
    filter: { reason: reason === 'all' ? undefined : reason },
  });
  return (
    <Section title={t`Skips and unclear instructions`} testId="skips" subtitle={<UnclearCount client={client} project={project} />}>
      <SegmentedControl
        size="xs"
        mb="sm"
        aria-label={t`Reason`}
        value={reason}
        onChange={setReason}
        data={[{ value: 'all', label: t`all` }, ...Object.entries(reasons).map(([value, label]) => ({ value, label }))]}
      />
      <QueryView query={pages.query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>Nobody skipped a task for this.</Trans>
            </Text>
          ) : (
            <ul style={list}>
              {items.map((skip) => (
                <Case
                  key={skip.lease}
                  client={client}
                  project={project}
                  task={skip.task}
                  who={skip.annotator}
                  at={skip.at}
                  state={reasons[skip.reason]}
                  open={skip.reason === 'unclear'}
                  testId={`skip-${skip.lease}`}
                >
                  {skip.note === undefined ? null : <p className={classes['said']}>{skip.note}</p>}
                </Case>
              ))}
            </ul>
          )
        }
      </QueryView>
      <Pager pages={pages} />
    </Section>
  );
}

/** How often the instructions in force were called unclear. */
export function UnclearCount({ client, project }: { client: string; project: string }) {
  const counts = useQuery(skipCountsQuery(client, project)).data;
  if (counts === undefined) return null;
  return (
    <span data-testid="unclear-count">
      <Plural
        value={counts.unclear}
        _0={`Nobody called version ${counts.guidelineVersion} of the guidelines unclear so far.`}
        one={`One task was skipped because version ${counts.guidelineVersion} of the guidelines was unclear.`}
        other={`# tasks were skipped because version ${counts.guidelineVersion} of the guidelines was unclear.`}
      />
    </span>
  );
}
