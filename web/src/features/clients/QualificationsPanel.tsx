import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api, path } from '@/api/client';
import type { Qualification } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { useFormat } from '@/shared/useFormat';
import { qualificationsQuery } from './queries';

interface Props {
  client: string;
  person: string;
  mayGrant: boolean;
}

/** What a person is qualified for, since when and until when; granted and revoked by a quality lead. */
export function QualificationsPanel({ client, person, mayGrant }: Props) {
  const query = useQuery(qualificationsQuery(client, person));
  return (
    <Stack gap="sm" data-testid="qualifications">
      <Title order={3}>
        <Trans>Qualifications</Trans>
      </Title>
      <QueryView query={query}>
        {(items) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>None yet.</Trans>
            </Text>
          ) : (
            <Stack gap="xs">
              {newestOfEach(items).map((item) => (
                <QualificationRow key={item.key} client={client} person={person} item={item} mayRevoke={mayGrant} />
              ))}
            </Stack>
          )
        }
      </QueryView>
      {mayGrant ? <GrantForm client={client} person={person} /> : null}
    </Stack>
  );
}

/** The list is a history: of each qualification the last act says how it stands. */
function newestOfEach(items: readonly Qualification[]): Qualification[] {
  const newest = new Map<string, Qualification>();
  for (const item of items) {
    const known = newest.get(item.key);
    if (known === undefined || Date.parse(known.at) <= Date.parse(item.at)) newest.set(item.key, item);
  }
  return [...newest.values()];
}

function QualificationRow({ client, person, item, mayRevoke }: { client: string; person: string; item: Qualification; mayRevoke: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  const queryClient = useQueryClient();
  const { key } = item;
  const revoke = useMutation({
    mutationFn: () => api.post<unknown>(path('clients', client, 'people', person, 'qualifications', key, 'revocation'), {}),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: qualificationsQuery(client, person).queryKey }),
  });
  return (
    <div>
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Group gap="xs">
            <Text size="sm" fw={550}>
              {key}
            </Text>
            <Badge color={item.held ? 'verdigris' : 'gray'}>{item.held ? t`held` : t`not held`}</Badge>
          </Group>
          <Text size="xs" c="dimmed">
            {item.expiresAt ? t`since ${format.date(item.at)}, until ${format.date(item.expiresAt)}` : t`since ${format.date(item.at)}`}
          </Text>
        </div>
        {mayRevoke && item.held ? (
          <Button size="xs" variant="default" loading={revoke.isPending} onClick={() => revoke.mutate()} aria-label={t`Revoke ${key}`}>
            <Trans>Revoke</Trans>
          </Button>
        ) : null}
      </Group>
      <ProblemAlert error={revoke.error} />
    </div>
  );
}

function GrantForm({ client, person }: { client: string; person: string }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [key, setKey] = useState('');
  const [note, setNote] = useState('');
  const [until, setUntil] = useState('');
  const grant = useMutation({
    mutationFn: () =>
      api.post<unknown>(path('clients', client, 'people', person, 'qualifications'), {
        key: key.trim(),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
        ...(until === '' ? {} : { expiresAt: new Date(until).toISOString() }),
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: qualificationsQuery(client, person).queryKey });
      setKey('');
      setNote('');
      setUntil('');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    grant.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="grant-form">
      <Stack gap="xs">
        <TextInput label={t`Grant a qualification`} description={t`Its key: a-z, 0-9, dot, hyphen, underscore.`} value={key} onChange={(event) => setKey(event.currentTarget.value)} maxLength={63} />
        <TextInput label={t`Reason`} value={note} onChange={(event) => setNote(event.currentTarget.value)} maxLength={500} />
        <TextInput label={t`Valid until`} type="date" value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
        <ProblemAlert error={grant.error} />
        <Group justify="flex-end">
          <Button type="submit" variant="default" disabled={key.trim() === ''} loading={grant.isPending}>
            <Trans>Grant</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
