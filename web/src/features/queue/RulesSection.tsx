import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { QueueRules } from '@/api/types';
import { projectPath } from '@/features/projects/queries';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { AudienceRule } from './AudienceRule';
import { AdaptiveRule, BudgetRule, CapsRule, OverlapRule } from './FigureRules';
import { PreLabelRule } from './PreLabelRule';
import { draftOf, policyOf, type PolicyDraft, type RuleName } from './policy';
import { queueQuery } from './queries';

interface Props {
  client: string;
  project: string;
  inForce: QueueRules;
  mayChange: boolean;
}

/** What every rule's fields are given. */
export interface RuleProps<Name extends RuleName> {
  value: PolicyDraft[Name];
  disabled: boolean;
  change: (part: Partial<PolicyDraft[Name]>) => void;
  fault: (field: string) => string | undefined;
}

/** The rules of the queue; saved all together, and only over the version that was read. */
export function RulesSection({ client, project, inForce, mayChange }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(inForce.policy));
  const save = useMutation({
    mutationFn: () => api.put<QueueRules>(projectPath(client, project, 'queue'), policyOf(draft), { ifMatch: `"${inForce.version}"` }),
    onSuccess: (rules) => {
      queryClient.setQueryData(queueQuery(client, project).queryKey, rules);
      notify(t`The rules are in force`);
    },
  });
  const problem = save.error instanceof ApiError ? save.error : null;
  const rule = <Name extends RuleName>(name: Name): RuleProps<Name> => ({
    value: draft[name],
    disabled: !mayChange,
    change: (part) => setDraft({ ...draft, [name]: { ...draft[name], ...part } }),
    fault: (field) => problem?.faultsAt(field === '' ? `/${name}` : `/${name}/${field}`)[0],
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const changed = JSON.stringify(policyOf(draft)) !== JSON.stringify(policyOf(draftOf(inForce.policy)));
  return (
    <Section
      title={t`Rules`}
      testId="queue-rules"
      subtitle={
        inForce.setAt ? (
          <Trans>
            Version {inForce.version}, since {format.dateTime(inForce.setAt)}.
          </Trans>
        ) : (
          <Trans>Nothing is restricted yet: whoever belongs to the project's workforces gets the next task.</Trans>
        )
      }
    >
      <form onSubmit={submit}>
        <OverlapRule {...rule('overlap')} />
        <AdaptiveRule {...rule('adaptive')} />
        <CapsRule {...rule('caps')} />
        <AudienceRule {...rule('audience')} />
        <BudgetRule {...rule('budget')} />
        <PreLabelRule {...rule('preLabels')} />
        <ProblemAlert error={save.error} hideFaults />
        {mayChange ? (
          <Group justify="flex-end" mt="sm">
            <Button variant="default" disabled={!changed} onClick={() => setDraft(draftOf(inForce.policy))}>
              <Trans>Discard</Trans>
            </Button>
            <Button type="submit" disabled={!changed} loading={save.isPending} data-testid="save-rules">
              <Trans>Put in force</Trans>
            </Button>
          </Group>
        ) : null}
      </form>
    </Section>
  );
}
