import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, NumberInput, Select, Stack, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api, path } from '@/api/client';
import { useSession } from '@/api/session';
import type { GlassGrant } from '@/api/types';
import { clientsQuery } from '@/features/clients/queries';
import { DataTable } from '@/shared/DataTable';
import { EmptyState } from '@/shared/EmptyState';
import { LinkButton } from '@/shared/links';
import { Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { GrantState } from './GrantState';
import { operatorGlassQuery } from './queries';

/** Break-glass, the operators' side: asking to look into a client's content, and every asking so far. */
export function OperatorGlassPage() {
  const { t } = useLingui();
  const format = useFormat();
  const grants = useQuery(operatorGlassQuery);
  return (
    <Page title={t`Break-glass`} subtitle={t`Looking into a client's content, for a while and for a reason. The client sees it at once, and every look is in its audit log.`}>
      <Section title={t`Ask to look`}>
        <AskForm />
      </Section>
      <Section title={t`Grants`} testId="operator-grants">
        <QueryView query={grants}>
          {(items) =>
            items.length === 0 ? (
              <EmptyState title={t`No operator has asked yet`} />
            ) : (
              <DataTable
                testId="operator-grant-list"
                minWidth={760}
                items={items}
                keyOf={({ id }) => id}
                columns={[
                  { name: t`Client`, cell: ({ client }) => client },
                  { name: t`Operator`, cell: ({ operatorName }) => operatorName },
                  { name: t`Reason`, cell: ({ reason }) => reason },
                  { name: t`Asked`, cell: ({ askedAt }) => format.dateTime(askedAt) },
                  { name: t`State`, cell: (grant) => <GrantState grant={grant} /> },
                  { name: t`Actions`, quiet: true, end: true, cell: (grant) => <Acts grant={grant} /> },
                ]}
              />
            )
          }
        </QueryView>
      </Section>
    </Page>
  );
}

function Acts({ grant }: { grant: GlassGrant }) {
  const me = useSession().person.id;
  const queryClient = useQueryClient();
  const act = useMutation({
    mutationFn: (verb: 'approve' | 'end') => api.post<GlassGrant>(path('operator', 'break-glass', grant.id, verb)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: operatorGlassQuery.queryKey }),
  });
  if (grant.state === 'over') return null;
  const mine = grant.operator === me;
  return (
    <Stack gap={6} align="flex-end">
      <Group gap="xs" wrap="nowrap">
        {grant.state === 'open' && mine ? (
          <LinkButton size="xs" variant="default" to="/clients/$client/projects" params={{ client: grant.client }}>
            <Trans>Look</Trans>
          </LinkButton>
        ) : null}
        {grant.state === 'waiting' && grant.approval === 'operator' && !mine ? (
          <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate('approve')}>
            <Trans>Agree</Trans>
          </Button>
        ) : null}
        <Button size="xs" color="red" loading={act.isPending} onClick={() => act.mutate('end')}>
          <Trans>End now</Trans>
        </Button>
      </Group>
      <ProblemAlert error={act.error} />
    </Stack>
  );
}

function AskForm() {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const clients = useQuery(clientsQuery).data ?? [];
  const [client, setClient] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState<number | string>(30);
  const ask = useMutation({
    mutationFn: () => api.post<GlassGrant>('/operator/break-glass', { client, reason: reason.trim(), minutes }),
    onSuccess: () => {
      setReason('');
      void queryClient.invalidateQueries({ queryKey: operatorGlassQuery.queryKey });
    },
  });
  const problem = ask.error instanceof ApiError ? ask.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="glass-form">
      <Stack gap="sm" maw={640}>
        <Group gap="sm" align="flex-start" grow>
          <Select label={t`Client`} searchable data={clients.map(({ slug, name }) => ({ value: slug, label: name }))} value={client} onChange={setClient} error={problem?.faultsAt('/client')[0]} />
          <NumberInput label={t`Minutes`} min={1} allowDecimal={false} value={minutes} onChange={setMinutes} error={problem?.faultsAt('/minutes')[0]} />
        </Group>
        <Textarea
          label={t`Reason`}
          description={t`The client reads it. At least ten characters.`}
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={problem?.faultsAt('/reason')[0]}
        />
        <ProblemAlert error={ask.error} hideFaults />
        <Group>
          <Button type="submit" loading={ask.isPending} disabled={!client || reason.trim().length < 10 || minutes === ''}>
            <Trans>Ask</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
