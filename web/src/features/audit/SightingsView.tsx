import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { path } from '@/api/client';
import type { Sighting } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { EmptyState } from '@/shared/EmptyState';
import { LinkAnchor } from '@/shared/links';
import { Pager } from '@/shared/Pager';
import { QueryView } from '@/shared/QueryView';
import { useFormat } from '@/shared/useFormat';
import { usePages } from '@/shared/usePages';
import type { AuditSearch } from './search';
import { useOperations } from './useOperations';

interface Props {
  client: string;
  by: 'asset' | 'person';
  /** What is asked about: it stands in the address, so that an answer can be sent to somebody. */
  of: string | undefined;
  onAsk: (search: AuditSearch) => void;
}

/** Who met an asset, or what a person met: one line each, with what was done and when. */
export function SightingsView({ client, by, of, onAsk }: Props) {
  const { t } = useLingui();
  const [typed, setTyped] = useState(of ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim()) onAsk({ view: by, of: typed.trim() });
  };
  const label = by === 'asset' ? t`Asset id` : t`Pseudonym in this log`;
  return (
    <Stack gap="md">
      <form onSubmit={submit} role="search">
        <Group gap="sm" align="flex-end">
          <TextInput w={{ base: '100%', sm: 380 }} label={label} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} data-testid="sighting-of" />
          <Button type="submit" disabled={!typed.trim()}>
            <Trans>Ask the log</Trans>
          </Button>
        </Group>
      </form>
      {of ? (
        <Answer key={of} client={client} by={by} of={of} />
      ) : (
        <EmptyState title={by === 'asset' ? t`Whom has it met?` : t`What has this person met?`}>
          {by === 'asset' ? (
            <Trans>Enter an asset's id; it stands in the project's assets and in the entries of the log.</Trans>
          ) : (
            <Trans>Enter a person's pseudonym; it stands in the entries of the log, as who acted.</Trans>
          )}
        </EmptyState>
      )}
    </Stack>
  );
}

function Answer({ client, by, of }: { client: string; by: 'asset' | 'person'; of: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const apiPath = by === 'asset' ? path('clients', client, 'audit', 'assets', of, 'people') : path('clients', client, 'audit', 'people', of, 'assets');
  const pages = usePages<Sighting>(['clients', client, 'audit', by, of], apiPath, { cursorParameter: 'from', limit: null });
  const who = {
    name: t`Who`,
    cell: ({ actor, name }: Sighting) =>
      actor ? (
        <>
          <LinkAnchor size="sm" to="/clients/$client/audit" params={{ client }} search={{ view: 'person', of: actor }}>
            {name ?? actor}
          </LinkAnchor>
          {name ? (
            <Text size="xs" c="dimmed">
              {actor}
            </Text>
          ) : null}
        </>
      ) : (
        t`The server`
      ),
  };
  const what = {
    name: t`Asset`,
    cell: ({ asset }: Sighting) =>
      asset ? (
        <LinkAnchor size="sm" to="/clients/$client/audit" params={{ client }} search={{ view: 'asset', of: asset }}>
          {asset}
        </LinkAnchor>
      ) : (
        '–'
      ),
  };
  return (
    <section aria-live="polite" aria-label={t`Answer`}>
      <QueryView query={pages.query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={by === 'asset' ? t`Nobody has met it` : t`No asset was met`}>
              {by === 'asset' ? <Trans>No entry names this asset.</Trans> : <Trans>No entry ties this person to an asset.</Trans>}
            </EmptyState>
          ) : (
            <DataTable
              testId="sightings"
              minWidth={700}
              items={items}
              keyOf={({ actor, asset }) => `${actor ?? ''} ${asset ?? ''}`}
              columns={[
                by === 'asset' ? who : what,
                { name: t`Did`, cell: ({ operations }) => <Operations operations={operations} /> },
                { name: t`First`, cell: ({ first }) => format.dateTime(first) },
                { name: t`Last`, cell: ({ last }) => format.dateTime(last) },
                { name: t`Entries`, cell: ({ firstIndex, lastIndex }) => (firstIndex === lastIndex ? String(firstIndex) : t`${firstIndex} to ${lastIndex}`), end: true },
              ]}
            />
          )
        }
      </QueryView>
      <Pager pages={pages} />
    </section>
  );
}

function Operations({ operations }: { operations: Readonly<Record<string, number>> }) {
  const format = useFormat();
  const words = useOperations();
  return (
    <Group gap={4}>
      {Object.entries(operations).map(([operation, count]) => (
        <Badge key={operation} color="gray" title={operation}>
          {words(operation)} {count > 1 ? `× ${format.number(count)}` : null}
        </Badge>
      ))}
    </Group>
  );
}
