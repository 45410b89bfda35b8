import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError } from '@/api/client';
import type { DeletionRequest } from '@/api/types';
import { peopleQuery } from '@/features/clients/queries';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { instant, taskNumbers } from './acts';
import { AnswerPreview } from './AnswerPreview';
import classes from './acts.module.css';
import { batchesQuery } from './queries';
import { useDeletion } from './useDeletion';

interface Draft {
  readonly person: string;
  readonly batch: string;
  readonly from: string;
  readonly to: string;
  readonly tasks: string;
}

const NOTHING: Draft = { person: '', batch: '', from: '', to: '', tasks: '' };

function requestOf({ person, batch, from, to, tasks }: Draft): DeletionRequest {
  const numbers = taskNumbers(tasks) ?? [];
  return {
    answers: {
      ...(person === '' ? {} : { person }),
      ...(batch === '' ? {} : { batch: Number(batch) }),
      ...(from === '' ? {} : { from: instant(from) }),
      ...(to === '' ? {} : { to: instant(to) }),
      ...(numbers.length === 0 ? {} : { tasks: numbers }),
    },
  };
}

/** Deletes answers of a person, a batch, a time or some tasks, counted first; the tasks stay. */
export function DeleteAnswers({ client, project }: { client: string; project: string }) {
  const { t } = useLingui();
  const [draft, setDraft] = useState<Draft>(NOTHING);
  const batches = useQuery(batchesQuery(client, project)).data ?? [];
  const people = useQuery(peopleQuery(client)).data ?? [];
  const { preview, run, reset } = useDeletion(client, project, ({ answers }) => {
    setDraft(NOTHING);
    notify(t`${plural(answers, { one: 'Deleted # answer', other: 'Deleted # answers' })}`);
  });
  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    reset();
  };
  const problem = preview.error instanceof ApiError ? preview.error : null;
  const fault = (member: string) => problem?.faultsAt(`/answers/${member}`)[0];
  const unreadable = taskNumbers(draft.tasks) === undefined ? t`Numbers such as 3, 7-12; at most 10,000.` : undefined;
  const empty = Object.values(draft).every((value) => value.trim() === '');
  const look = () => preview.mutate(requestOf(draft));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!empty && unreadable === undefined) look();
  };
  return (
    <div data-testid="delete-answers">
      <form onSubmit={submit}>
        <Stack gap="lg">
          <fieldset className={classes['group']}>
            <legend>
              <Trans>All answers that were given</Trans>
            </legend>
            <div className={classes['fields']}>
              <Select
                label={t`By`}
                clearable
                searchable
                clearButtonProps={{ 'aria-label': t`Clear` }}
                placeholder={t`anybody`}
                data={people.filter((person) => person.roles.includes('annotator')).map((person) => ({ value: person.id, label: person.name }))}
                value={draft.person || null}
                error={fault('person')}
                onChange={(person) => change({ person: person ?? '' })}
              />
              <Select
                label={t`Batch`}
                clearable
                clearButtonProps={{ 'aria-label': t`Clear` }}
                placeholder={t`any`}
                data={[{ value: '0', label: t`in no batch` }, ...batches.map((batch) => ({ value: String(batch.number), label: batch.name }))]}
                value={draft.batch || null}
                error={fault('batch')}
                onChange={(batch) => change({ batch: batch ?? '' })}
              />
              <TextInput label={t`From`} type="datetime-local" value={draft.from} error={fault('from')} onChange={(event) => change({ from: event.currentTarget.value })} />
              <TextInput label={t`Before`} type="datetime-local" value={draft.to} error={fault('to')} onChange={(event) => change({ to: event.currentTarget.value })} />
              <TextInput label={t`Task numbers`} placeholder={t`any`} value={draft.tasks} error={unreadable ?? fault('tasks')} onChange={(event) => change({ tasks: event.currentTarget.value })} />
            </div>
          </fieldset>
          <ProblemAlert error={preview.error} hideFaults />
          <Group justify="flex-end">
            <Button type="submit" variant="default" loading={preview.isPending} disabled={empty || unreadable !== undefined} data-testid="preview-answer-deletion">
              <Trans>Preview</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
      <div aria-live="polite">{preview.data ? <AnswerPreview previewed={preview.data} running={run.isPending} onRun={() => preview.data && run.mutate(preview.data)} /> : null}</div>
      <ProblemAlert error={run.error} {...(preview.data ? { onRetry: look } : {})} />
    </div>
  );
}
