import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { Routing, RoutingPolicy, RoutingPreview } from '@/api/types';
import { projectPath } from '@/features/projects/queries';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { PolicyFields } from './PolicyFields';
import { PreviewView } from './PreviewView';
import { routingQuery } from './queries';
import { draftOf, policyOf, type RoutingDraft } from './routing';
import type { RoutingProps } from './RoutingTab';

interface Props extends RoutingProps {
  inForce: Routing;
  mayChange: boolean;
  mayTry: boolean;
}

/** The policy: tried on the past before it is put in force, and saved only over the version that was read. */
export function PolicySection({ client, project, teams, inForce, mayChange, mayTry }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const ids = teams.map(({ id }) => id);
  const begin = () => draftOf(inForce.policy, ids);
  const [draft, setDraft] = useState(begin);
  const { save, attempt } = usePolicy(client, project, inForce.version);
  const error = save.error ?? attempt.error;
  const policy = policyOf(draft);
  const changed = inForce.version === 0 || JSON.stringify(policy) !== JSON.stringify(policyOf(begin()));
  const change = (part: Partial<RoutingDraft>) => {
    setDraft({ ...draft, ...part });
    save.reset();
    attempt.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(policy);
  };
  return (
    <Section
      title={t`Policy`}
      testId="routing-policy"
      subtitle={
        inForce.setAt ? (
          <Trans>
            Version {inForce.version}, since {format.dateTime(inForce.setAt)}.
          </Trans>
        ) : null
      }
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <PolicyFields teams={teams} draft={draft} disabled={!mayTry} change={change} fault={(pointer) => faultAt(error, pointer)} />
          <ProblemAlert error={error} hideFaults />
          {mayTry ? (
            <Group justify="flex-end">
              <Button variant="default" loading={attempt.isPending} onClick={() => attempt.mutate(policy)} data-testid="try-policy">
                <Trans>Try on the past</Trans>
              </Button>
              {mayChange ? (
                <Button type="submit" disabled={!changed} loading={save.isPending} data-testid="save-policy">
                  <Trans>Put in force</Trans>
                </Button>
              ) : null}
            </Group>
          ) : null}
          {attempt.data ? <PreviewView preview={attempt.data} teams={teams} /> : null}
        </Stack>
      </form>
    </Section>
  );
}

function usePolicy(client: string, project: string, version: number) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: (policy: RoutingPolicy) => api.put<Routing>(projectPath(client, project, 'routing'), policy, version > 0 ? { ifMatch: `"${version}"` } : {}),
    onSuccess: (routing) => {
      const { queryKey } = routingQuery(client, project);
      queryClient.setQueryData(queryKey, routing);
      void queryClient.invalidateQueries({ queryKey });
      notify(t`The policy is in force`);
    },
  });
  const attempt = useMutation({
    mutationFn: (policy: RoutingPolicy) => api.post<RoutingPreview>(projectPath(client, project, 'routing', 'preview'), { policy, steps: 20 }),
  });
  return { save, attempt };
}

/** A preview tells of the policy inside its request; setting it, at the root. */
function faultAt(error: unknown, pointer: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return error.faultsAt(pointer)[0] ?? error.faultsAt(`/policy${pointer}`)[0];
}
