import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Modal, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { isOperator, useSession } from '@/api/session';
import type { Client } from '@/api/types';
import { IconPlus } from '@/design/icons';
import { EmptyState } from '@/shared/EmptyState';
import { Page } from '@/shared/Page';
import { QueryView } from '@/shared/QueryView';
import { RoleBadges } from '@/shared/RoleBadges';
import { useFormat } from '@/shared/useFormat';
import { ArchiveNotice } from './ArchiveNotice';
import { InviteForm } from './InviteForm';
import { NewClientForm } from './NewClientForm';
import { clientsQuery } from './queries';

type Dialogue = { kind: 'new' } | { kind: 'invite'; client: Client } | null;

/** The installation's clients: the operator makes them and invites the first requester of each; their content is not his. */
export function ClientsPage() {
  const { t } = useLingui();
  const operator = isOperator(useSession());
  const clients = useQuery(clientsQuery);
  const [dialogue, setDialogue] = useState<Dialogue>(null);
  const close = () => setDialogue(null);
  const newButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setDialogue({ kind: 'new' })} data-testid="new-client">
      <Trans>New client</Trans>
    </Button>
  );
  return (
    <Page title={t`Clients`} subtitle={operator ? t`Each client's data stays apart from every other's, and from the operator.` : undefined} actions={operator ? newButton : null}>
      {operator ? <ArchiveNotice /> : null}
      <QueryView query={clients}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t`No client yet`} action={operator ? newButton : null}>
              <Trans>A client owns projects, people and an audit log of its own.</Trans>
            </EmptyState>
          ) : (
            <ClientTable items={items} operator={operator} onInvite={(client) => setDialogue({ kind: 'invite', client })} />
          )
        }
      </QueryView>
      <Modal opened={dialogue?.kind === 'new'} onClose={close} title={t`New client`} closeButtonProps={{ 'aria-label': t`Close` }}>
        <NewClientForm onMade={(client) => setDialogue({ kind: 'invite', client })} />
      </Modal>
      <Modal
        opened={dialogue?.kind === 'invite'}
        onClose={close}
        title={dialogue?.kind === 'invite' ? t`Invite a requester to ${dialogue.client.name}` : ''}
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        {dialogue?.kind === 'invite' ? (
          <InviteForm client={dialogue.client.slug} roles={['requester']} workforces={[]} onDone={close} />
        ) : null}
      </Modal>
    </Page>
  );
}

function ClientTable({ items, operator, onInvite }: { items: Client[]; operator: boolean; onInvite: (client: Client) => void }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table highlightOnHover data-testid="clients">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Name`}</Table.Th>
            <Table.Th>{t`Short name`}</Table.Th>
            <Table.Th>{t`Made`}</Table.Th>
            <Table.Th>{t`Your roles`}</Table.Th>
            <Table.Th>
                  <span className="visually-hidden">{t`Actions`}</span>
                </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((client) => (
            <Table.Tr key={client.slug} data-testid={`client-${client.slug}`}>
              <Table.Td fw={550}>
                {client.roles.length > 0 ? (
                  <Anchor component={Link} to={`/clients/${client.slug}`}>
                    {client.name}
                  </Anchor>
                ) : (
                  client.name
                )}
              </Table.Td>
              <Table.Td ff="monospace">{client.slug}</Table.Td>
              <Table.Td>{format.date(client.createdAt)}</Table.Td>
              <Table.Td>
                <RoleBadges roles={client.roles} />
              </Table.Td>
              <Table.Td ta="end">
                {operator ? (
                  <Button size="xs" variant="default" onClick={() => onInvite(client)}>
                    <Trans>Invite a requester</Trans>
                  </Button>
                ) : null}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
