import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, apiUrl, path } from '@/api/client';
import type { Departure } from '@/api/types';
import { IconDownload } from '@/design/icons';
import { Confirm } from '@/shared/Confirm';
import { CopyField } from '@/shared/CopyField';
import { DataTable } from '@/shared/DataTable';
import { EmptyState } from '@/shared/EmptyState';
import { Page } from '@/shared/Page';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { departureKeyQuery, departuresQuery } from './queries';

/** Clients that have left, with their certificates; ordering the end of one that has agreed. */
export function DeparturesPage() {
  const { t } = useLingui();
  const departures = useQuery(departuresQuery);
  const key = useQuery(departureKeyQuery);
  const [ordering, setOrdering] = useState(false);
  return (
    <Page
      title={t`Departures`}
      subtitle={t`Clients that were destroyed here, each with a signed certificate.`}
      actions={
        <Button color="red" variant="outline" onClick={() => setOrdering(true)} data-testid="order-departure">
          <Trans>Destroy a client…</Trans>
        </Button>
      }
    >
      <Section title={t`Clients that have left`}>
        <QueryView query={departures}>
          {(items) =>
            items.length === 0 ? (
              <EmptyState title={t`No client has left`}>
                <Trans>The end of a client needs its requester's agreement and another person's order.</Trans>
              </EmptyState>
            ) : (
              <Departures items={items} />
            )
          }
        </QueryView>
      </Section>
      {key.data ? (
        <Section title={t`Key of the certificates`} subtitle={t`With it anybody checks a certificate offline.`}>
          <CopyField label={t`Verifier key`} value={key.data.trim()} />
        </Section>
      ) : null}
      {ordering ? <OrderDialogue onDone={() => setOrdering(false)} /> : null}
    </Page>
  );
}

function Departures({ items }: { items: readonly Departure[] }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <DataTable
      testId="departures"
      items={items}
      keyOf={({ client }) => client}
      columns={[
        { name: t`Client`, cell: ({ slug }) => slug },
        { name: t`Ordered`, cell: ({ orderedAt }) => format.dateTime(orderedAt) },
        {
          name: t`Certificate`,
          end: true,
          cell: ({ client, slug, certificate }) =>
            certificate === null ? (
              <Badge color="brass">{t`Destruction under way`}</Badge>
            ) : (
              <Button
                component="a"
                size="xs"
                variant="default"
                href={apiUrl(path('departures', client, 'certificate'))}
                download={`${slug}-exit.txt`}
                leftSection={<IconDownload size={16} />}
                aria-label={t`Download the certificate of ${slug}`}
              >
                <Trans>Download</Trans>
              </Button>
            ),
        },
      ]}
    />
  );
}

function OrderDialogue({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [slug, setSlug] = useState('');
  const order = useMutation({
    mutationFn: () => api.post<Departure>('/departures', { slug: slug.trim() }),
    onSuccess: onDone,
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: departuresQuery.queryKey });
      void queryClient.invalidateQueries({ queryKey: ['clients'] });
    },
  });
  return (
    <Confirm
      opened
      danger
      title={t`Destroy a client`}
      act={t`Destroy it for good`}
      disabled={!slug.trim()}
      pending={order.isPending}
      error={order.error}
      onConfirm={() => order.mutate()}
      onClose={onDone}
    >
      <Text size="sm">
        <Trans>Its key, its objects and its database are destroyed and cannot be brought back. A requester of it must have agreed within the last week, and be somebody else than you.</Trans>
      </Text>
      <TextInput label={t`Type the client's short name`} value={slug} onChange={(event) => setSlug(event.currentTarget.value)} autoComplete="off" data-autofocus />
    </Confirm>
  );
}
