import { Trans, useLingui } from '@lingui/react/macro';
import { MultiSelect, NumberInput, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { peopleQuery } from '@/features/clients/queries';
import type { ActName } from './acts';
import classes from './acts.module.css';
import type { ActFieldsProps } from './FilterFields';
import { batchesQuery } from './queries';

/** What is done to them. */
export function ActFields(props: ActFieldsProps) {
  const { t } = useLingui();
  const { draft, change } = props;
  const names: Record<ActName, string> = {
    set_priority: t`Give them a priority`,
    move: t`Move them to a batch`,
    assign: t`Keep them for certain people`,
    unassign: t`Give them to everybody again`,
    cancel: t`Cancel them`,
    reopen: t`Put them back into the queue`,
  };
  return (
    <fieldset className={classes['group']} data-testid="act-choice">
      <legend>
        <Trans>What is done</Trans>
      </legend>
      <div className={classes['fields']}>
        <Select
          label={t`Act`}
          allowDeselect={false}
          data={Object.entries(names).map(([value, label]) => ({ value, label }))}
          value={draft.act}
          onChange={(act) => act && change({ act: act as ActName })}
        />
        <Argument {...props} />
      </div>
    </fieldset>
  );
}

function Argument({ client, project, draft, change, fault }: ActFieldsProps) {
  const { t } = useLingui();
  const batches = useQuery(batchesQuery(client, project)).data ?? [];
  const people = useQuery(peopleQuery(client)).data ?? [];
  switch (draft.act) {
    case 'set_priority':
      return (
        <NumberInput
          label={t`New priority`}
          min={-100}
          max={100}
          allowDecimal={false}
          value={draft.toPriority}
          error={fault('/priority')}
          onChange={(toPriority) => change({ toPriority })}
        />
      );
    case 'move':
      return (
        <Select
          label={t`New batch`}
          allowDeselect={false}
          data={[{ value: '0', label: t`in no batch` }, ...batches.map((batch) => ({ value: String(batch.number), label: batch.name }))]}
          value={draft.toBatch}
          error={fault('/batch')}
          onChange={(toBatch) => change({ toBatch: toBatch ?? '0' })}
        />
      );
    case 'assign':
      return (
        <MultiSelect
          label={t`People`}
          searchable
          placeholder={draft.people.length === 0 ? t`Choose` : ''}
          data={people.filter((person) => person.roles.includes('annotator')).map((person) => ({ value: person.id, label: person.name }))}
          value={[...draft.people]}
          error={fault('/people')}
          onChange={(chosen) => change({ people: chosen })}
        />
      );
    case 'cancel':
    case 'reopen':
    case 'unassign':
      return null;
  }
}
