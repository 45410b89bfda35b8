import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, MultiSelect, NumberInput, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { GoldItem, GoldRules } from '@/api/types';
import { projectPath } from '@/features/projects/queries';
import queue from '@/features/queue/queue.module.css';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { draftOf, policyOf, type GoldDraft } from './policy';
import { goldKey, goldRulesQuery } from './queries';

interface Props {
  client: string;
  project: string;
  rules: GoldRules;
  gold: readonly GoldItem[];
}

interface FieldsProps {
  draft: GoldDraft;
  change: (part: Partial<GoldDraft>) => void;
  fault: (pointer: string) => string | undefined;
}

/** How gold is used: how often it is shown, who is paused, what counts as right, and what a newcomer has to pass. */
export function GoldPolicyForm({ client, project, rules, gold }: Props) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(rules.policy));
  const save = useMutation({
    mutationFn: () => api.put<GoldRules>(projectPath(client, project, 'gold', 'policy'), policyOf(draft)),
    onSuccess: (saved) => {
      queryClient.setQueryData(goldRulesQuery(client, project).queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: goldKey(client, project) });
      notify(t`The rules are in force`);
    },
  });
  const problem = save.error instanceof ApiError ? save.error : null;
  const fields: FieldsProps = {
    draft,
    change: (part) => setDraft({ ...draft, ...part }),
    fault: (pointer) => problem?.faultsAt(pointer)[0],
  };
  const changed = JSON.stringify(policyOf(draft)) !== JSON.stringify(policyOf(draftOf(rules.policy)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="gold-policy">
      <ShareFields {...fields} />
      <TestFields {...fields} />
      <MatchFields {...fields} />
      <ExamFields {...fields} gold={gold} />
      <ProblemAlert error={save.error} hideFaults />
      <Group justify="flex-end" mt="sm">
        <Button variant="default" disabled={!changed} onClick={() => setDraft(draftOf(rules.policy))}>
          <Trans>Discard</Trans>
        </Button>
        <Button type="submit" disabled={!changed} loading={save.isPending} data-testid="save-gold-policy">
          <Trans>Put in force</Trans>
        </Button>
      </Group>
    </form>
  );
}

function ShareFields({ draft, change, fault }: FieldsProps) {
  const { t } = useLingui();
  return (
    <fieldset className={queue['rule']} aria-label={t`How often gold is shown`}>
      <div className={queue['fields']}>
        <NumberInput label={t`Gold tasks`} description={t`In each block; 0 shows none at work.`} min={0} allowDecimal={false} value={draft.gold} error={fault('/gold')} onChange={(gold) => change({ gold })} />
        <NumberInput label={t`Tasks in a block`} description={t`Everybody gets exactly that share, at hidden places.`} min={2} max={1000} allowDecimal={false} value={draft.block} error={fault('/block')} onChange={(block) => change({ block })} />
      </div>
      <Switch
        mt="sm"
        checked={draft.feedback}
        label={t`Tell annotators at once how they did on gold`}
        description={t`It teaches, and it tells which tasks were gold.`}
        onChange={(event) => change({ feedback: event.currentTarget.checked })}
      />
    </fieldset>
  );
}

function TestFields({ draft, change, fault }: FieldsProps) {
  const { t } = useLingui();
  const field = { suffix: ' %', min: 0, max: 100, decimalScale: 3 };
  return (
    <fieldset className={queue['rule']} aria-label={t`When somebody is paused`}>
      <div className={queue['fields']}>
        <NumberInput {...field} label={t`Accuracy that is good`} description={t`Who reaches it goes on working.`} value={draft.good} error={fault('/test')} onChange={(good) => change({ good })} />
        <NumberInput {...field} label={t`Accuracy that is too low`} description={t`Who has no more is paused.`} value={draft.bad} onChange={(bad) => change({ bad })} />
        <NumberInput {...field} label={t`Good people paused at most`} value={draft.falseFail} onChange={(falseFail) => change({ falseFail })} />
        <NumberInput {...field} label={t`Bad people passed at most`} value={draft.falsePass} onChange={(falsePass) => change({ falsePass })} />
      </div>
    </fieldset>
  );
}

function MatchFields({ draft, change, fault }: FieldsProps) {
  const { t } = useLingui();
  const field = { suffix: ' %', min: 0, max: 100, decimalScale: 3 };
  return (
    <fieldset className={queue['rule']} aria-label={t`What counts as right`}>
      <div className={queue['fields']}>
        <NumberInput {...field} label={t`Boxes match from this overlap on`} value={draft.overlap} error={fault('/match/overlap')} onChange={(overlap) => change({ overlap })} />
        <NumberInput {...field} label={t`Boxes that must match`} description={t`Answers to questions must be equal.`} value={draft.f1} error={fault('/match/f1')} onChange={(f1) => change({ f1 })} />
      </div>
    </fieldset>
  );
}

function ExamFields({ draft, change, fault, gold }: FieldsProps & { gold: readonly GoldItem[] }) {
  const { t } = useLingui();
  const choices = gold
    .filter((item) => item.retired === undefined || draft.items.includes(String(item.id)))
    .map((item) => ({ value: String(item.id), label: t`${item.id}: ${item.category}, difficulty ${item.difficulty}` }));
  return (
    <fieldset className={queue['rule']} aria-label={t`Entry exam`} data-testid="gold-exam">
      <Switch
        checked={draft.exam}
        label={t`An entry exam before any work`}
        description={t`Drawn from the gold named here. Who passes holds the qualification, and need not try again.`}
        styles={{ label: { fontWeight: 550 } }}
        onChange={(event) => change({ exam: event.currentTarget.checked })}
      />
      {draft.exam ? (
        <div className={queue['fields']}>
          <MultiSelect className={queue['wide'] ?? ''} label={t`Gold of the exam`} searchable data={choices} value={[...draft.items]} error={fault('/exam/items')} onChange={(items) => change({ items })} />
          <NumberInput label={t`Tasks in a try`} min={1} allowDecimal={false} value={draft.size} error={fault('/exam/size')} onChange={(size) => change({ size })} />
          <NumberInput label={t`Right to pass`} description={t`Empty: the sequential test above decides.`} min={1} allowDecimal={false} value={draft.pass} error={fault('/exam/pass')} onChange={(pass) => change({ pass })} />
          <NumberInput label={t`Hours before another try`} min={0} decimalScale={1} value={draft.retryHours} error={fault('/exam/retryMinutes')} onChange={(retryHours) => change({ retryHours })} />
          <TextInput label={t`Qualification`} value={draft.qualification} error={fault('/exam/qualification')} onChange={(event) => change({ qualification: event.currentTarget.value })} />
        </div>
      ) : null}
    </fieldset>
  );
}
