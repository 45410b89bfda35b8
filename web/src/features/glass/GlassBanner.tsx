import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api } from '@/api/client';
import { clientsOf, holds, useSession } from '@/api/session';
import type { GlassGrant } from '@/api/types';
import { lastClient } from '@/features/shell/last-client';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useFormat } from '@/shared/useFormat';
import { glassKey, glassPath, glassQuery } from './queries';

/** Stands over every page of a client while an operator may look into its content, or waits for the client's word. */
export function GlassBanner() {
  const session = useSession();
  const here = useParams({ strict: false }).client ?? lastClient();
  const watched = clientsOf(session).filter(({ slug }) => holds(session, slug, 'requester', 'auditor'));
  const client = watched.find(({ slug }) => slug === here) ?? watched[0];
  return client ? <Watch client={client.slug} clientName={client.name} /> : null;
}

function Watch({ client, clientName }: { client: string; clientName: string }) {
  const glass = useQuery(glassQuery(client)).data;
  const grants = (glass?.grants ?? []).filter(({ state, approval }) => state === 'open' || (state === 'waiting' && approval === 'client'));
  return (
    <div role="status" data-testid="glass-banner">
      {grants.map((grant) => (
        <Bar key={grant.id} client={client} clientName={clientName} grant={grant} />
      ))}
    </div>
  );
}

function Bar({ client, clientName, grant }: { client: string; clientName: string; grant: GlassGrant }) {
  const { t } = useLingui();
  const format = useFormat();
  const open = grant.state === 'open';
  return (
    <Alert
      color={open ? 'red' : 'brass'}
      radius={0}
      title={open ? t`${grant.operatorName} may look into the content of ${clientName}` : t`${grant.operatorName} asks to look into the content of ${clientName}`}
    >
      <Group justify="space-between" gap="sm">
        <Stack gap={2} style={{ flex: 1, minWidth: 220 }}>
          <Text size="sm">{grant.reason}</Text>
          <Text size="sm" c="dimmed">
            {open && grant.endsAt ? <Trans>Until {format.dateTime(grant.endsAt)}. Every look is written to your audit log.</Trans> : <Trans>For {grant.minutes} minutes. Nothing is open before you agree.</Trans>}
          </Text>
        </Stack>
        <GrantActs client={client} grant={grant} />
      </Group>
    </Alert>
  );
}

/** What a requester can do with a grant: agree while it waits for him, end it at once. */
export function GrantActs({ client, grant }: { client: string; grant: GlassGrant }) {
  const { t } = useLingui();
  const session = useSession();
  const queryClient = useQueryClient();
  const act = useMutation({
    mutationFn: (verb: 'approve' | 'end') => api.post<GlassGrant>(glassPath(client, grant.id, verb)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: glassKey(client) }),
  });
  if (grant.state === 'over' || !holds(session, client, 'requester')) return null;
  return (
    <Stack gap={6} align="flex-end">
      <Group gap="xs" wrap="nowrap">
        {grant.state === 'waiting' && grant.approval === 'client' ? (
          <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate('approve')} data-testid={`glass-approve-${grant.id}`}>
            <Trans>Let them look</Trans>
          </Button>
        ) : null}
        <Button size="xs" color="red" loading={act.isPending} onClick={() => act.mutate('end')} data-testid={`glass-end-${grant.id}`}>
          {grant.state === 'open' ? t`End now` : t`Refuse`}
        </Button>
      </Group>
      <ProblemAlert error={act.error} />
    </Stack>
  );
}
