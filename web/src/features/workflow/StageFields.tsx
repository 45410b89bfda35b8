import { useLingui } from '@lingui/react/macro';
import { ActionIcon, Checkbox, Group, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { IconDown, IconTrash, IconUp } from '@/design/icons';
import type { StageDraft } from './stages';
import classes from './workflow.module.css';

interface Props {
  draft: StageDraft;
  index: number;
  count: number;
  disabled: boolean;
  fault: (field: string) => string | undefined;
  change: (part: Partial<StageDraft>) => void;
  move: (by: -1 | 1) => void;
  remove: () => void;
}

/** One stage: what is done there, on which answers, and by whom. */
export function StageFields(props: Props) {
  const { t } = useLingui();
  const { draft, index, count, disabled, fault, change } = props;
  return (
    <fieldset className={classes['stage']} data-testid={`stage-${index}`} aria-label={t`Stage ${index + 1}`}>
      <div className={classes['number']} aria-hidden="true">
        {index + 1}
      </div>
      <div className={classes['fields']}>
        <TextInput label={t`Name`} required withAsterisk={false} maxLength={60} disabled={disabled} value={draft.name} error={fault('/name')} onChange={(event) => change({ name: event.currentTarget.value })} />
        <Select
          label={t`What is done`}
          allowDeselect={false}
          disabled={disabled}
          data={[
            { value: 'review', label: t`Each answer is judged` },
            { value: 'adjudicate', label: t`Answers become one` },
          ]}
          value={draft.kind}
          error={fault('/kind')}
          onChange={(kind) => change({ kind: kind as StageDraft['kind'] })}
        />
        <Select
          label={t`By whom`}
          allowDeselect={false}
          disabled={disabled}
          data={[
            { value: 'reviewer', label: t`Reviewer` },
            { value: 'quality_lead', label: t`Quality lead` },
          ]}
          value={draft.who}
          onChange={(who) => change({ who: who as StageDraft['who'] })}
        />
        <TextInput label={t`Only with the qualification`} placeholder={t`any`} maxLength={63} disabled={disabled} value={draft.qualification} error={fault('/qualification')} onChange={(event) => change({ qualification: event.currentTarget.value })} />
        <Select
          label={draft.kind === 'adjudicate' ? t`Which tasks` : t`Which answers`}
          allowDeselect={false}
          disabled={disabled}
          data={[
            { value: 'all', label: t`all of them` },
            { value: 'share', label: t`a share, at random` },
            { value: 'risk', label: t`those at risk` },
          ]}
          value={draft.by}
          error={fault('/select/by')}
          onChange={(by) => change({ by: by as StageDraft['by'] })}
        />
        <SelectFields draft={draft} disabled={disabled} fault={fault} change={change} />
      </div>
      {disabled ? null : <StageButtons {...props} count={count} />}
      {draft.by === 'risk' && fault('/select') && !fault('/select/by') ? (
        <Text size="xs" c="var(--mantine-color-error)" className={classes['fault'] ?? ''} role="alert">
          {fault('/select')}
        </Text>
      ) : null}
    </fieldset>
  );
}

function SelectFields({ draft, disabled, fault, change }: Pick<Props, 'draft' | 'disabled' | 'fault' | 'change'>) {
  const { t } = useLingui();
  const percent = { min: 0, max: 100, suffix: ' %', decimalScale: 3, disabled } as const;
  switch (draft.by) {
    case 'all':
      return null;
    case 'share':
      return <NumberInput label={t`Share`} {...percent} value={draft.share} error={fault('/select/share')} onChange={(share) => change({ share })} />;
    case 'risk':
      return (
        <>
          <NumberInput label={t`Agreement below`} {...percent} value={draft.agreementBelow} error={fault('/select/agreementBelow')} onChange={(agreementBelow) => change({ agreementBelow })} />
          {draft.kind === 'adjudicate' ? null : (
            <>
              <NumberInput label={t`Author's record below`} {...percent} value={draft.recordBelow} error={fault('/select/recordBelow')} onChange={(recordBelow) => change({ recordBelow })} />
              <NumberInput label={t`An author's first answers`} min={0} max={1_000_000} allowDecimal={false} disabled={disabled} value={draft.firstTasks} error={fault('/select/firstTasks')} onChange={(firstTasks) => change({ firstTasks })} />
              <Checkbox label={t`The author was not sure`} pb={9} disabled={disabled} checked={draft.unsure} onChange={(event) => change({ unsure: event.currentTarget.checked })} />
            </>
          )}
        </>
      );
  }
}

function StageButtons({ draft, index, count, move, remove }: Props) {
  const { t } = useLingui();
  const number = index + 1;
  return (
    <Group gap={2} wrap="nowrap" className={classes['buttons'] ?? ''}>
      <ActionIcon variant="subtle" color="gray" aria-label={t`Stage ${number} earlier`} disabled={index === 0 || draft.kind === 'adjudicate'} onClick={() => move(-1)}>
        <IconUp size={16} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label={t`Stage ${number} later`} disabled={index === count - 1 || draft.kind === 'adjudicate'} onClick={() => move(1)}>
        <IconDown size={16} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="red" aria-label={t`Remove stage ${number}`} onClick={remove}>
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  );
}
