import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Code, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { apiUrl, path } from '@/api/client';
import type { AuditEntry } from '@/api/types';
import { EmptyState } from '@/shared/EmptyState';
import { LinkAnchor } from '@/shared/links';
import { Pager } from '@/shared/Pager';
import { QueryView } from '@/shared/QueryView';
import { useFormat } from '@/shared/useFormat';
import { usePages } from '@/shared/usePages';
import classes from './audit.module.css';
import { CheckpointSection } from './CheckpointSection';
import { shortened, viewOf } from './entry';
import { useOperations } from './useOperations';

/** A client's log with its signed head; of one project, where one is named. */
export function AuditView({ client, project }: { client: string; project?: string }) {
  const { t } = useLingui();
  const [filter, setFilter] = useState({ op: '', actor: '', asset: '' });
  const [asked] = useDebouncedValue(filter, 350);
  const pages = usePages<AuditEntry>(['clients', client, 'audit', 'entries'], path('clients', client, 'audit', 'entries'), {
    filter: { project, op: asked.op.trim() || undefined, actor: asked.actor.trim() || undefined, asset: asked.asset.trim() || undefined },
    limit: 100,
    // The audit log's pages go on at an index, not at a cursor.
    cursorParameter: 'from',
  });
  const field = (name: keyof typeof filter, label: string) => (
    <TextInput w={220} aria-label={label} placeholder={label} value={filter[name]} onChange={(event) => setFilter({ ...filter, [name]: event.currentTarget.value })} />
  );
  return (
    <Stack gap="md">
      <CheckpointSection client={client} />
      <Group gap="sm" role="search">
        {field('op', t`Operation`)}
        {field('actor', t`Actor`)}
        {field('asset', t`Asset id`)}
      </Group>
      <QueryView query={pages.query}>
        {({ items }) => (items.length === 0 ? <EmptyState title={t`No entries`} /> : <EntryTable client={client} items={items} />)}
      </QueryView>
      <Pager pages={pages} />
    </Stack>
  );
}

function EntryTable({ client, items }: { client: string; items: AuditEntry[] }) {
  const { t } = useLingui();
  return (
    <Table.ScrollContainer minWidth={780}>
      <Table verticalSpacing={6} data-testid="audit-entries">
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="end" w={80}>{t`Entry`}</Table.Th>
            <Table.Th>{t`When`}</Table.Th>
            <Table.Th>{t`What`}</Table.Th>
            <Table.Th>{t`Who`}</Table.Th>
            <Table.Th>{t`Details`}</Table.Th>
            <Table.Th>{t`Proof`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <EntryRow key={item.index} client={client} item={item} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function EntryRow({ client, item }: { client: string; item: AuditEntry }) {
  const { t } = useLingui();
  const format = useFormat();
  const operation = useOperations();
  const view = viewOf(item.entry);
  return (
    <Table.Tr data-testid={`entry-${item.index}`}>
      <Table.Td ta="end" c="dimmed">
        {item.index}
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{view.at ? format.dateTime(view.at) : ''}</Table.Td>
      <Table.Td>
        <Text size="sm" fw={600}>
          {operation(view.op)}
        </Text>
        <Text size="xs" c="dimmed">
          {view.op}
        </Text>
      </Table.Td>
      <Table.Td>
        {view.actor ? (
          <LinkAnchor className={classes['id']} title={view.actor} to="/clients/$client/audit" params={{ client }} search={{ view: 'person', of: view.actor }}>
            {view.actor}
          </LinkAnchor>
        ) : null}
      </Table.Td>
      <Table.Td>
        <dl className={classes['details']}>
          {view.details.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd title={value}>
                {name === 'asset' ? (
                  <LinkAnchor size="xs" to="/clients/$client/audit" params={{ client }} search={{ view: 'asset', of: value }}>
                    {shortened(value)}
                  </LinkAnchor>
                ) : (
                  <Code>{shortened(value)}</Code>
                )}
              </dd>
            </div>
          ))}
        </dl>
      </Table.Td>
      <Table.Td>
        <Anchor size="sm" href={apiUrl(path('clients', client, 'audit', 'proof'), { index: item.index })} download={`entry-${item.index}.tlog-proof`} aria-label={t`Proof of entry ${item.index}`}>
          <Trans>Proof</Trans>
        </Anchor>
      </Table.Td>
    </Table.Tr>
  );
}
