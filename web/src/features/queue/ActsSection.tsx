import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { ActPreview, ActRequest } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';
import { LinkAnchor } from '@/shared/links';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Section } from '@/shared/Section';
import { ActFields } from './ActFields';
import { missingIn, NO_ACT, requestOf, type ActDraft } from './acts';
import { FilterFields } from './FilterFields';

interface Previewed {
  readonly request: ActRequest;
  readonly tasks: number;
  /** The first of them. */
  readonly first: readonly number[];
}

/** One act on all tasks that a filter finds: counted first, then done to exactly as many, or not at all. */
export function ActsSection({ client, project }: { client: string; project: string }) {
  const { t } = useLingui();
  const [draft, setDraft] = useState<ActDraft>(NO_ACT);
  const { preview, run } = useActs(client, project);
  const change = (part: Partial<ActDraft>) => {
    setDraft({ ...draft, ...part });
    preview.reset();
    run.reset();
  };
  const missing = missingIn(draft);
  const problem = preview.error instanceof ApiError ? preview.error : null;
  const fault = (pointer: string) => problem?.faultsAt(pointer)[0];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (missing === undefined) preview.mutate(requestOf(draft));
  };
  return (
    <Section title={t`Act on many tasks`} testId="acts" subtitle={<Trans>Nothing happens before you have seen how many tasks it concerns.</Trans>}>
      <form onSubmit={submit}>
        <Stack gap="lg">
          <FilterFields client={client} project={project} draft={draft} change={change} fault={fault} />
          <ActFields client={client} project={project} draft={draft} change={change} fault={fault} />
          <ProblemAlert error={preview.error} hideFaults />
          <Group justify="flex-end">
            <Button type="submit" variant="default" loading={preview.isPending} disabled={missing !== undefined} data-testid="preview-act">
              <Trans>Preview</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
      <div aria-live="polite">{preview.data ? <Preview client={client} project={project} previewed={preview.data} running={run.isPending} onRun={() => preview.data && run.mutate(preview.data)} /> : null}</div>
      <ProblemAlert error={run.error} {...(preview.data ? { onRetry: () => preview.mutate(requestOf(draft)) } : {})} />
    </Section>
  );
}

function useActs(client: string, project: string) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const preview = useMutation({
    mutationFn: async (request: ActRequest): Promise<Previewed> => {
      run.reset();
      const { tasks, first } = await api.post<ActPreview>(projectPath(client, project, 'task-acts', 'preview'), request);
      return { request, tasks, first };
    },
  });
  const run = useMutation({
    mutationFn: ({ request, tasks }: Previewed) => api.post<{ tasks: number }>(projectPath(client, project, 'task-acts'), { ...request, expected: tasks }),
    onSuccess: ({ tasks }) => {
      notify(t`${plural(tasks, { one: 'Done to # task', other: 'Done to # tasks' })}`);
      preview.reset();
      void queryClient.invalidateQueries({ queryKey: projectKey(client, project) });
    },
  });
  return { preview, run };
}

function Preview({ client, project, previewed, running, onRun }: { client: string; project: string; previewed: Previewed; running: boolean; onRun: () => void }) {
  const { t } = useLingui();
  const { request, tasks, first } = previewed;
  const final = request.act === 'cancel';
  if (tasks === 0) {
    return (
      <Alert mt="md" color="gray" data-testid="act-preview">
        <Trans>No task would change: the filter finds none, or all are that way already.</Trans>
      </Alert>
    );
  }
  return (
    <Alert mt="md" color={final ? 'red' : 'brass'} data-testid="act-preview" title={<Plural value={tasks} one="# task would change" other="# tasks would change" />}>
      <Group justify="space-between">
        <Text size="sm">{final ? <Trans>Answers that are there are kept; open work on these tasks ends. They can be put back into the queue.</Trans> : <Trans>It can be undone by another act of this kind.</Trans>}</Text>
        <Button color={final ? 'red' : 'verdigris'} loading={running} onClick={onRun} data-testid="run-act">
          <Plural value={tasks} one="Do it to # task" other="Do it to # tasks" />
        </Button>
      </Group>
      <Group gap="xs" mt="sm" data-testid="act-first">
        {first.map((task) => (
          <LinkAnchor key={task} size="sm" to="/clients/$client/projects/$project/tasks" params={{ client, project }} search={{ task }}>
            {t`Task ${task}`}
          </LinkAnchor>
        ))}
        {tasks > first.length ? '…' : null}
      </Group>
    </Alert>
  );
}
