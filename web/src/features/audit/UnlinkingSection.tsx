import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api, path } from '@/api/client';
import { useSession } from '@/api/session';
import type { Unlinking } from '@/api/types';
import { useSubjects } from '@/features/walls/useSubjects';
import { DataTable } from '@/shared/DataTable';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { leftQuery, unlinkingsQuery } from './queries';

/** Taking a person who has left out of the log: asked for by one, done by another. */
export function UnlinkingSection({ client }: { client: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const session = useSession();
  const nameOf = useSubjects(client);
  const requests = useQuery(unlinkingsQuery(client));
  const left = useQuery(leftQuery(client)).data ?? [];
  const [asking, setAsking] = useState(false);
  const whom = (id: string | undefined) => (id === undefined ? t`nobody can say any more` : (left.find(({ person }) => person === id)?.name ?? nameOf(id)));
  return (
    <Section
      title={t`Taken out of the log`}
      subtitle={t`The key behind the pseudonym of somebody who has left is destroyed by two persons. The log stays as it is and verifies as before; nobody can say any more whom the pseudonym named.`}
      testId="unlinkings"
      actions={
        <Button variant="default" onClick={() => setAsking(true)} disabled={left.length === 0} data-testid="ask-unlinking">
          <Trans>Ask for it</Trans>
        </Button>
      }
    >
      <QueryView query={requests}>
        {(items) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>Nobody has asked yet.</Trans>
            </Text>
          ) : (
            <DataTable
              testId="unlinking-list"
              minWidth={720}
              items={[...items].sort((a, b) => b.requestedAt.localeCompare(a.requestedAt))}
              keyOf={({ id }) => id}
              columns={[
                { name: t`Person`, cell: ({ person }) => whom(person) },
                { name: t`Reason`, cell: ({ reason }) => reason ?? '–' },
                { name: t`Asked by`, cell: (one) => <Trans>{nameOf(one.requestedBy)}, {format.relative(one.requestedAt)}</Trans> },
                { name: t`Answer`, cell: (one) => <Answer request={one} /> },
                { name: t`Actions`, quiet: true, end: true, cell: (one) => (one.decidedAt || one.requestedBy === session.person.id ? null : <Decide client={client} request={one} />) },
              ]}
            />
          )
        }
      </QueryView>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t`Take a person out of the log`} closeButtonProps={{ 'aria-label': t`Close` }}>
        <AskForm client={client} people={left} onDone={() => setAsking(false)} />
      </Modal>
    </Section>
  );
}

function Answer({ request }: { request: Unlinking }) {
  const { t } = useLingui();
  if (!request.decidedAt) return <Badge color="brass">{t`Waits for another person`}</Badge>;
  return <Badge color={request.approved ? 'verdigris' : 'red'}>{request.approved ? t`Destroyed` : t`Refused`}</Badge>;
}

function useAgain(client: string): () => void {
  const queryClient = useQueryClient();
  return () => void queryClient.invalidateQueries({ queryKey: unlinkingsQuery(client).queryKey });
}

function Decide({ client, request }: { client: string; request: Unlinking }) {
  const again = useAgain(client);
  const decide = useMutation({
    mutationFn: (approved: boolean) => api.post<Unlinking>(path('clients', client, 'unlinkings', request.id, 'decision'), { approved }),
    onSettled: again,
  });
  return (
    <Stack gap={6} align="flex-end">
      <Group gap="xs" wrap="nowrap">
        <Button size="xs" variant="default" loading={decide.isPending} onClick={() => decide.mutate(false)}>
          <Trans>Refuse</Trans>
        </Button>
        <Button size="xs" color="red" loading={decide.isPending} onClick={() => decide.mutate(true)} data-testid="destroy-pseudonym">
          <Trans>Destroy the key</Trans>
        </Button>
      </Group>
      <ProblemAlert error={decide.error} />
    </Stack>
  );
}

function AskForm({ client, people, onDone }: { client: string; people: readonly { person: string; name: string }[]; onDone: () => void }) {
  const { t } = useLingui();
  const again = useAgain(client);
  const [person, setPerson] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const ask = useMutation({
    mutationFn: () => api.post<Unlinking>(path('clients', client, 'unlinkings'), { person, reason: reason.trim() }),
    onSuccess: () => {
      again();
      onDone();
    },
  });
  const problem = ask.error instanceof ApiError ? ask.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="unlinking-form">
      <Stack gap="sm">
        <Select label={t`Person`} description={t`Those who are no members any more and are named in the log.`} searchable data={people.map(({ person: id, name }) => ({ value: id, label: name }))} value={person} onChange={setPerson} error={problem?.faultsAt('/person')[0]} />
        <Textarea label={t`Reason`} description={t`For who decides; destroyed with the key.`} autosize minRows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={problem?.faultsAt('/reason')[0]} />
        <ProblemAlert error={ask.error} hideFaults />
        <Group justify="flex-end">
          <Button type="submit" loading={ask.isPending} disabled={!person || !reason.trim()}>
            <Trans>Ask another person</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
