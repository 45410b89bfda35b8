import { Trans, useLingui } from '@lingui/react/macro';
import { NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TaskState } from '@/api/types';
import { useTaskStateNames } from '@/features/projects/TaskStateBadge';
import { taskNumbers, type ActDraft } from './acts';
import { batchesQuery } from './queries';
import classes from './acts.module.css';

export interface ActFieldsProps {
  client: string;
  project: string;
  draft: ActDraft;
  change: (part: Partial<ActDraft>) => void;
  fault: (pointer: string) => string | undefined;
}

const STATES: readonly TaskState[] = ['planned', 'open', 'in_review', 'returned', 'escalated', 'done', 'cancelled'];

/** Which tasks: what is left empty does not restrict. */
export function FilterFields({ client, project, draft, change, fault }: ActFieldsProps) {
  const { t } = useLingui();
  const names = useTaskStateNames();
  const batches = useQuery(batchesQuery(client, project)).data ?? [];
  const unreadable = taskNumbers(draft.tasks) === undefined ? t`Numbers such as 3, 7-12; at most 10,000.` : undefined;
  return (
    <fieldset className={classes['group']} data-testid="act-filter">
      <legend>
        <Trans>All tasks that are</Trans>
      </legend>
      <div className={classes['fields']}>
        <Select
          label={t`State`}
          clearable
          clearButtonProps={{ 'aria-label': t`Clear` }}
          placeholder={t`any`}
          data={STATES.map((value) => ({ value, label: names[value] }))}
          value={draft.state || null}
          error={fault('/filter/state')}
          onChange={(state) => change({ state: (state ?? '') as TaskState | '' })}
        />
        <Select
          label={t`Batch`}
          clearable
          clearButtonProps={{ 'aria-label': t`Clear` }}
          placeholder={t`any`}
          data={[{ value: '0', label: t`in no batch` }, ...batches.map((batch) => ({ value: String(batch.number), label: batch.name }))]}
          value={draft.batch || null}
          error={fault('/filter/batch')}
          onChange={(batch) => change({ batch: batch ?? '' })}
        />
        <NumberInput label={t`Priority`} placeholder={t`any`} allowDecimal={false} value={draft.priority} error={fault('/filter/priority')} onChange={(priority) => change({ priority })} />
        <TextInput label={t`Asset's name begins with`} placeholder={t`any`} value={draft.assetName} error={fault('/filter/assetName')} onChange={(event) => change({ assetName: event.currentTarget.value })} />
        <TextInput label={t`Planned from`} type="datetime-local" value={draft.plannedFrom} error={fault('/filter/plannedFrom')} onChange={(event) => change({ plannedFrom: event.currentTarget.value })} />
        <TextInput label={t`Planned before`} type="datetime-local" value={draft.plannedTo} error={fault('/filter/plannedTo')} onChange={(event) => change({ plannedTo: event.currentTarget.value })} />
        <TextInput
          label={t`Task numbers`}
          placeholder={t`any`}
          value={draft.tasks}
          error={unreadable ?? fault('/filter/tasks')}
          onChange={(event) => change({ tasks: event.currentTarget.value })}
        />
      </div>
    </fieldset>
  );
}
