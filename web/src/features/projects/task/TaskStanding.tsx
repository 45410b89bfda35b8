import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, MultiSelect, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import type { ActRequest, TaskDetail, TaskPerson } from '@/api/types';
import { peopleQuery } from '@/features/clients/queries';
import { batchesQuery } from '@/features/queue/queries';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useFormat } from '@/shared/useFormat';
import { projectKey, projectPath } from '../queries';
import { TaskStateBadge } from '../TaskStateBadge';

interface Props {
  client: string;
  project: string;
  detail: TaskDetail;
  /** Whether the viewer may act on it. */
  requester: boolean;
}

/** A person's name where the viewer may know it, else the pseudonym. */
export function usePersonName(client: string, mayKnow: boolean): (one: TaskPerson) => string {
  const people = useQuery({ ...peopleQuery(client), enabled: mayKnow }).data ?? [];
  return ({ person, pseudonym }) => people.find(({ id }) => id === person)?.name ?? pseudonym;
}

/** Where a task stands: its state, its place in the queue, who may have it and who has it, and what a requester does about that. */
export function TaskStanding({ client, project, detail, requester }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const name = usePersonName(client, requester);
  const batches = useQuery({ ...batchesQuery(client, project), enabled: requester && detail.batch !== undefined }).data ?? [];
  const batch = batches.find(({ number }) => number === detail.batch)?.name ?? detail.batch;
  return (
    <Stack gap={6} mb="md" data-testid="task-standing">
      <Group gap="md">
        <TaskStateBadge state={detail.state} />
        <Text size="sm">{t`${detail.submissions} of ${detail.needed} answers`}</Text>
        <Text size="sm">{t`priority ${detail.priority}`}</Text>
        <Text size="sm">{batch === undefined ? t`in no batch` : t`batch ${batch}`}</Text>
      </Group>
      {detail.assignees.length > 0 ? (
        <Text size="sm" data-testid="task-assignees">
          <Trans>Only for {detail.assignees.map(name).join(', ')}</Trans>
        </Text>
      ) : null}
      {detail.holders.map((holder) => (
        <Text key={`${holder.who.pseudonym} ${holder.since}`} size="sm" data-testid="task-holder">
          {holder.kind === 'review' ? (
            <Trans>
              In review with {name(holder.who)} since {format.dateTime(holder.since)}
            </Trans>
          ) : (
            <Trans>
              Held by {name(holder.who)} since {format.dateTime(holder.since)}
            </Trans>
          )}
        </Text>
      ))}
      {requester ? <TaskActs client={client} project={project} detail={detail} /> : null}
    </Stack>
  );
}

function TaskActs({ client, project, detail }: Omit<Props, 'requester'>) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [assigning, setAssigning] = useState(false);
  const act = useMutation({
    mutationFn: ({ run }: { run: () => Promise<unknown>; said: string }) => run(),
    onSuccess: (_, { said }) => {
      notify(said);
      setAssigning(false);
      void queryClient.invalidateQueries({ queryKey: projectKey(client, project) });
    },
  });
  const at = (what: string) => projectPath(client, project, 'tasks', detail.id, what);
  const bulk = (request: ActRequest) => api.post(projectPath(client, project, 'task-acts'), { ...request, filter: { tasks: [detail.id] }, expected: 1 });
  const away = detail.state === 'cancelled' || detail.state === 'escalated';
  return (
    <>
      <Group gap="xs">
        {detail.holders.length > 0 ? (
          <Button size="compact-sm" variant="default" loading={act.isPending} onClick={() => act.mutate({ run: () => api.post(at('withdrawal')), said: t`The task is taken back` })} data-testid="take-back">
            <Trans>Take back</Trans>
          </Button>
        ) : null}
        {away ? (
          <Button size="compact-sm" variant="default" loading={act.isPending} onClick={() => act.mutate({ run: () => api.post(at('reopening')), said: t`The task is back in the queue` })} data-testid="put-back">
            <Trans>Put it back into the queue</Trans>
          </Button>
        ) : null}
        {detail.state === 'cancelled' ? null : (
          <>
            <Button size="compact-sm" variant="default" aria-expanded={assigning} onClick={() => setAssigning(!assigning)} data-testid="assign-task">
              <Trans>Keep it for certain people</Trans>
            </Button>
            {detail.assignees.length > 0 ? (
              <Button size="compact-sm" variant="default" loading={act.isPending} onClick={() => act.mutate({ run: () => bulk({ act: 'unassign' }), said: t`Everybody may have the task again` })}>
                <Trans>Give it to everybody again</Trans>
              </Button>
            ) : null}
            <Button
              size="compact-sm"
              variant="default"
              color="red"
              loading={act.isPending}
              onClick={() => act.mutate({ run: () => api.post(at('cancellation')), said: t`The task is cancelled; it can be put back` })}
              data-testid="cancel-task"
            >
              <Trans>Cancel the task</Trans>
            </Button>
          </>
        )}
      </Group>
      {assigning ? <Assign client={client} pending={act.isPending} onAssign={(people) => act.mutate({ run: () => bulk({ act: 'assign', people }), said: t`The task is kept for them` })} /> : null}
      <ProblemAlert error={act.error} />
    </>
  );
}

function Assign({ client, pending, onAssign }: { client: string; pending: boolean; onAssign: (people: string[]) => void }) {
  const { t } = useLingui();
  const people = useQuery(peopleQuery(client)).data ?? [];
  const [chosen, setChosen] = useState<string[]>([]);
  return (
    <Group align="flex-end" gap="xs">
      <MultiSelect
        label={t`People`}
        searchable
        miw={260}
        data={people.filter((person) => person.roles.includes('annotator')).map((person) => ({ value: person.id, label: person.name }))}
        value={chosen}
        onChange={setChosen}
      />
      <Button variant="default" disabled={chosen.length === 0} loading={pending} onClick={() => onAssign(chosen)} data-testid="assign-run">
        <Plural value={chosen.length} one="Keep it for # person" other="Keep it for # people" />
      </Button>
    </Group>
  );
}
