import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api, ApiError, path } from '@/api/client';
import { clientsOf, useSession, type ClientRef } from '@/api/session';
import type { Licence } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { usePlaces } from '@/shared/usePlaces';
import { LicenceState } from './licence-state';
import { myLicencesQuery } from './queries';

/** The licences that the reader shows each client. */
export function MyLicencesSection() {
  const { t } = useLingui();
  const clients = clientsOf(useSession());
  const lists = useQueries({ queries: clients.map(({ slug }) => myLicencesQuery(slug)) });
  const shown = clients.flatMap((client, index) => (lists[index]?.data ?? []).map((licence) => ({ client, licence })));
  if (clients.length === 0) return null;
  return (
    <Section title={t`My licences`} subtitle={t`A doctor's or a lawyer's, for example. One counts once a manager has verified it, while it is valid. Its number is kept sealed.`} testId="my-licences">
      <Stack gap="md">
        {shown.length > 0 ? <List shown={shown} /> : null}
        <NewLicence clients={clients} />
      </Stack>
    </Section>
  );
}

function List({ shown }: { shown: readonly { client: ClientRef; licence: Licence }[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const { countryName } = usePlaces();
  const queryClient = useQueryClient();
  const withdraw = useMutation({
    mutationFn: ({ client, licence }: { client: ClientRef; licence: Licence }) => api.delete(path('clients', client.slug, 'licences', licence.id)),
    onSuccess: (_, { client }) => queryClient.invalidateQueries({ queryKey: myLicencesQuery(client.slug).queryKey }),
  });
  return (
    <>
      <DataTable
        testId="licence-list"
        caption={t`My licences`}
        minWidth={680}
        items={shown}
        keyOf={({ licence }) => licence.id}
        columns={[
          { name: t`Kind`, cell: ({ licence }) => licence.kind },
          { name: t`Issued in`, cell: ({ licence }) => countryName(licence.country) },
          { name: t`Number`, cell: ({ licence }) => licence.number },
          { name: t`Valid until`, cell: ({ licence }) => (licence.to ? format.day(licence.to) : t`no end`) },
          { name: t`Shown to`, cell: ({ client }) => client.name },
          { name: t`State`, cell: ({ licence }) => <LicenceState state={licence.state} /> },
          {
            name: t`Acts`,
            quiet: true,
            end: true,
            cell: (one) =>
              one.licence.state === 'withdrawn' ? null : (
                <Button size="compact-xs" variant="default" loading={withdraw.isPending} aria-label={t`Withdraw: ${one.licence.kind}`} onClick={() => withdraw.mutate(one)}>
                  <Trans>Withdraw</Trans>
                </Button>
              ),
          },
        ]}
      />
      <ProblemAlert error={withdraw.error} />
    </>
  );
}

function NewLicence({ clients }: { clients: readonly ClientRef[] }) {
  const { t } = useLingui();
  const places = usePlaces();
  const queryClient = useQueryClient();
  const empty = { client: clients[0]?.slug ?? '', kind: '', country: '', number: '', from: '', to: '' };
  const [draft, setDraft] = useState(empty);
  const state = useMutation({
    mutationFn: ({ client, to, ...rest }: typeof empty) => api.post<Licence>(path('clients', client, 'licences'), { ...rest, ...(to ? { to } : {}) }),
    onSuccess: (_, { client }) => {
      setDraft(empty);
      void queryClient.invalidateQueries({ queryKey: myLicencesQuery(client).queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    state.mutate(draft);
  };
  const fault = (pointer: string) => (state.error instanceof ApiError ? state.error.faultsAt(pointer)[0] : undefined);
  const set = (part: Partial<typeof empty>) => setDraft({ ...draft, ...part });
  return (
    <form onSubmit={submit} data-testid="licence-form">
      <Stack gap="xs">
        <Text size="sm" fw={550}>
          <Trans>Show another licence</Trans>
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} spacing="sm">
          <Select label={t`Client`} allowDeselect={false} data={clients.map(({ slug, name }) => ({ value: slug, label: name }))} value={draft.client} onChange={(client) => set({ client: client ?? '' })} />
          <TextInput label={t`Kind`} placeholder="medical-doctor" required withAsterisk={false} value={draft.kind} onChange={(e) => set({ kind: e.currentTarget.value })} error={fault('/kind')} />
          <Select label={t`Issued in`} searchable data={places.countries()} value={draft.country || null} onChange={(country) => set({ country: country ?? '' })} error={fault('/country')} />
          <TextInput label={t`Number`} required withAsterisk={false} value={draft.number} onChange={(e) => set({ number: e.currentTarget.value })} error={fault('/number')} />
          <TextInput type="date" label={t`Valid from`} required withAsterisk={false} value={draft.from} onChange={(e) => set({ from: e.currentTarget.value })} error={fault('/from')} />
          <TextInput type="date" label={t`Valid until`} value={draft.to} onChange={(e) => set({ to: e.currentTarget.value })} error={fault('/to')} />
        </SimpleGrid>
        <ProblemAlert error={state.error} hideFaults />
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={state.isPending}>
            <Trans>Show it</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
