import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { Deletion, DeletionPreview, DeletionRequest } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';
import { EmptyState } from '@/shared/EmptyState';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { filterOf, NO_ACT, taskNumbers, type ActDraft } from './acts';
import { FilterFields } from './FilterFields';
import { deletionsQuery } from './queries';

interface Previewed {
  readonly request: DeletionRequest;
  readonly found: DeletionPreview;
}

/** Deletes the tasks that a filter finds, counted first; what was deleted can be brought back for thirty days. */
export function DeletionsSection({ client, project, mayDelete }: { client: string; project: string; mayDelete: boolean }) {
  const { t } = useLingui();
  const deletions = useQuery(deletionsQuery(client, project));
  return (
    <Section
      title={t`Delete tasks`}
      testId="deletions"
      subtitle={<Trans>Deleted tasks and their answers are gone from work, lists, counts, exports and new releases at once. For thirty days they can be brought back.</Trans>}
    >
      <Stack gap="lg">
        {mayDelete ? <DeletionForm client={client} project={project} /> : null}
        <QueryView query={deletions}>
          {(items) => (items.length === 0 ? <EmptyState title={t`Nothing was deleted`} /> : <DeletionTable client={client} project={project} items={items} mayUndo={mayDelete} />)}
        </QueryView>
      </Stack>
    </Section>
  );
}

function DeletionForm({ client, project }: { client: string; project: string }) {
  const [draft, setDraft] = useState<ActDraft>(NO_ACT);
  const { preview, run } = useDeletion(client, project);
  const change = (part: Partial<ActDraft>) => {
    setDraft({ ...draft, ...part });
    preview.reset();
    run.reset();
  };
  const readable = taskNumbers(draft.tasks) !== undefined;
  const problem = preview.error instanceof ApiError ? preview.error : null;
  const fault = (pointer: string) => problem?.faultsAt(pointer)[0];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (readable) preview.mutate({ filter: filterOf(draft) });
  };
  return (
    <div>
      <form onSubmit={submit}>
        <Stack gap="lg">
          <FilterFields client={client} project={project} draft={draft} change={change} fault={fault} />
          <ProblemAlert error={preview.error} hideFaults />
          <Group justify="flex-end">
            <Button type="submit" variant="default" loading={preview.isPending} disabled={!readable} data-testid="preview-deletion">
              <Trans>Preview</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
      <div aria-live="polite">{preview.data ? <Preview previewed={preview.data} running={run.isPending} onRun={() => preview.data && run.mutate(preview.data)} /> : null}</div>
      <ProblemAlert error={run.error} {...(preview.data ? { onRetry: () => preview.mutate({ filter: filterOf(draft) }) } : {})} />
    </div>
  );
}

function useDeletion(client: string, project: string) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const preview = useMutation({
    mutationFn: async (request: DeletionRequest): Promise<Previewed> => {
      run.reset();
      return { request, found: await api.post<DeletionPreview>(projectPath(client, project, 'deletions', 'preview'), request) };
    },
  });
  const run = useMutation({
    mutationFn: ({ request, found }: Previewed) =>
      api.post<Deletion>(projectPath(client, project, 'deletions'), { ...request, expected: found.tasks, expectedAnswers: found.answers }),
    onSuccess: ({ tasks }) => {
      notify(t`${plural(tasks, { one: 'Deleted # task', other: 'Deleted # tasks' })}`);
      preview.reset();
      void queryClient.invalidateQueries({ queryKey: projectKey(client, project) });
    },
  });
  return { preview, run };
}

function Preview({ previewed, running, onRun }: { previewed: Previewed; running: boolean; onRun: () => void }) {
  const { tasks, answers, inWork } = previewed.found;
  if (tasks === 0) {
    return (
      <Alert mt="md" color="gray" data-testid="deletion-preview">
        <Trans>The filter finds no task.</Trans>
      </Alert>
    );
  }
  return (
    <Alert mt="md" color="red" data-testid="deletion-preview" title={<Plural value={tasks} one="# task would be deleted" other="# tasks would be deleted" />}>
      <Group justify="space-between">
        <Text size="sm">
          <Plural value={answers} _0="No answers go with them." one="# answer goes with them." other="# answers go with them." />{' '}
          <Plural value={inWork} _0="Nobody has one in hand." one="# of them is in somebody's hands." other="# of them are in somebody's hands." />
        </Text>
        <Button color="red" loading={running} onClick={onRun} data-testid="run-deletion">
          <Plural value={tasks} one="Delete # task" other="Delete # tasks" />
        </Button>
      </Group>
    </Alert>
  );
}

function DeletionTable({ client, project, items, mayUndo }: { client: string; project: string; items: readonly Deletion[]; mayUndo: boolean }) {
  const { t } = useLingui();
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Deleted`}</Table.Th>
            <Table.Th ta="end">{t`Tasks`}</Table.Th>
            <Table.Th ta="end">{t`Answers`}</Table.Th>
            <Table.Th>{t`What became of it`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((one) => (
            <DeletionRow key={one.id} client={client} project={project} deletion={one} mayUndo={mayUndo} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function DeletionRow({ client, project, deletion, mayUndo }: { client: string; project: string; deletion: Deletion; mayUndo: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  const queryClient = useQueryClient();
  const undo = useMutation({
    mutationFn: () => api.post<Deletion>(projectPath(client, project, 'deletions', String(deletion.id), 'undo'), {}),
    onSuccess: ({ tasks }) => {
      notify(t`${plural(tasks, { one: 'Brought back # task', other: 'Brought back # tasks' })}`);
      void queryClient.invalidateQueries({ queryKey: projectKey(client, project) });
    },
  });
  return (
    <Table.Tr data-testid={`deletion-${deletion.id}`}>
      <Table.Td>{format.dateTime(deletion.at)}</Table.Td>
      <Table.Td ta="end">{format.number(deletion.tasks)}</Table.Td>
      <Table.Td ta="end">{format.number(deletion.answers)}</Table.Td>
      <Table.Td>
        {deletion.undoneAt !== undefined ? (
          <Text size="sm" c="dimmed">{t`Brought back on ${format.dateTime(deletion.undoneAt)}`}</Text>
        ) : deletion.purgedAt !== undefined ? (
          <Text size="sm" c="dimmed">{t`Gone for good since ${format.dateTime(deletion.purgedAt)}`}</Text>
        ) : (
          <Group gap="sm">
            <Text size="sm">{t`Kept until ${format.dateTime(deletion.purgeAt)}`}</Text>
            {mayUndo ? (
              <Button size="compact-sm" variant="default" loading={undo.isPending} onClick={() => undo.mutate()} data-testid={`undo-deletion-${deletion.id}`}>
                <Trans>Undo</Trans>
              </Button>
            ) : null}
          </Group>
        )}
        <ProblemAlert error={undo.error} />
      </Table.Td>
    </Table.Tr>
  );
}
