import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError } from '@/api/client';
import { EmptyState } from '@/shared/EmptyState';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { filterOf, NO_ACT, taskNumbers, type ActDraft } from './acts';
import { DeleteAnswers } from './DeleteAnswers';
import { DeletionTable } from './DeletionTable';
import { FilterFields } from './FilterFields';
import { deletionsQuery } from './queries';
import { useDeletion, type Previewed } from './useDeletion';

/** Deletes the tasks that a filter finds, counted first; what was deleted can be brought back for thirty days. */
export function DeletionsSection({ client, project, mayDelete }: { client: string; project: string; mayDelete: boolean }) {
  const { t } = useLingui();
  const deletions = useQuery(deletionsQuery(client, project));
  return (
    <Section
      title={t`Delete tasks and answers`}
      testId="deletions"
      subtitle={<Trans>Deleted tasks with their answers, or single answers, are gone from work, lists, counts, exports and new releases at once. For thirty days they can be brought back; an answer only while nobody else has its place.</Trans>}
    >
      <Stack gap="lg">
        {mayDelete ? (
          <Tabs defaultValue="tasks" keepMounted={false}>
            <Tabs.List mb="md">
              <Tabs.Tab value="tasks">
                <Trans>Tasks</Trans>
              </Tabs.Tab>
              <Tabs.Tab value="answers" data-testid="tab-delete-answers">
                <Trans>Answers</Trans>
              </Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="tasks">
              <DeletionForm client={client} project={project} />
            </Tabs.Panel>
            <Tabs.Panel value="answers">
              <DeleteAnswers client={client} project={project} />
            </Tabs.Panel>
          </Tabs>
        ) : null}
        <QueryView query={deletions}>
          {(items) => (items.length === 0 ? <EmptyState title={t`Nothing was deleted`} /> : <DeletionTable client={client} project={project} items={items} mayUndo={mayDelete} />)}
        </QueryView>
      </Stack>
    </Section>
  );
}

function DeletionForm({ client, project }: { client: string; project: string }) {
  const [draft, setDraft] = useState<ActDraft>(NO_ACT);
  const { t } = useLingui();
  const { preview, run, reset } = useDeletion(client, project, ({ tasks }) => notify(t`${plural(tasks, { one: 'Deleted # task', other: 'Deleted # tasks' })}`));
  const change = (part: Partial<ActDraft>) => {
    setDraft({ ...draft, ...part });
    reset();
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
