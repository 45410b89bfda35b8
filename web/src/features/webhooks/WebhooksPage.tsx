import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Code, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { clientsOf, holds, useSession } from '@/api/session';
import type { Webhook } from '@/api/types';
import { IconPlus } from '@/design/icons';
import { DataTable } from '@/shared/DataTable';
import { EmptyState } from '@/shared/EmptyState';
import { LinkButton } from '@/shared/links';
import { Page } from '@/shared/Page';
import { QueryView } from '@/shared/QueryView';
import { useFormat } from '@/shared/useFormat';
import { webhooksQuery } from './queries';
import { useWebhookWords } from './useWebhookWords';
import { WebhookForm } from './WebhookForm';

/** The client's own programs that are told of changes. */
export function WebhooksPage() {
  const { t } = useLingui();
  const { client } = useParams({ from: '/signed-in/shell/clients/$client/webhooks' });
  const session = useSession();
  const webhooks = useQuery(webhooksQuery(client));
  const [adding, { open, close }] = useDisclosure(false);
  const mayChange = holds(session, client, 'requester');
  return (
    <Page
      title={t`Webhooks`}
      crumb={clientsOf(session).find((c) => c.slug === client)?.name ?? client}
      subtitle={t`Programs of yours that are told when something changes. Messages name what changed and hold no content.`}
      actions={
        mayChange ? (
          <Button leftSection={<IconPlus size={16} />} onClick={open} data-testid="new-webhook">
            <Trans>New webhook</Trans>
          </Button>
        ) : null
      }
    >
      <QueryView query={webhooks}>
        {(items) => (items.length === 0 ? <EmptyState title={t`No program is told of anything`}>{t`Enter the address of one; each message to it is signed.`}</EmptyState> : <List client={client} items={items} />)}
      </QueryView>
      <Modal opened={adding} onClose={close} title={t`New webhook`} size="lg" closeButtonProps={{ 'aria-label': t`Close` }}>
        <WebhookForm client={client} onDone={close} />
      </Modal>
    </Page>
  );
}

function List({ client, items }: { client: string; items: readonly Webhook[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const { kinds } = useWebhookWords();
  return (
    <DataTable
      testId="webhooks"
      minWidth={760}
      items={items}
      keyOf={({ id }) => id}
      columns={[
        {
          name: t`Address`,
          cell: ({ url, description }) => (
            <Stack gap={2} maw={420}>
              <Code style={{ overflowWrap: 'anywhere' }}>{url}</Code>
              {description ? (
                <Text size="xs" c="dimmed">
                  {description}
                </Text>
              ) : null}
            </Stack>
          ),
        },
        { name: t`What it is told`, cell: (one) => <Text size="sm">{one.kinds.map((kind) => kinds[kind] ?? kind).join(', ')}</Text> },
        { name: t`Last delivered`, cell: ({ deliveredAt }) => (deliveredAt ? format.dateTime(deliveredAt) : t`never`) },
        { name: t`State`, cell: (one) => <WebhookState webhook={one} /> },
        {
          name: t`Actions`,
          quiet: true,
          end: true,
          cell: ({ id }) => (
            <LinkButton size="xs" variant="default" to="/clients/$client/webhooks/$webhook" params={{ client, webhook: id }}>
              <Trans context="act">Open</Trans>
            </LinkButton>
          ),
        },
      ]}
    />
  );
}

export function WebhookState({ webhook }: { webhook: Webhook }) {
  const { t } = useLingui();
  if (webhook.disabled) return <Badge color={webhook.disabled === 'by-hand' ? 'gray' : 'red'}>{t({ message: 'Disabled', context: 'webhook' })}</Badge>;
  return webhook.slowUntil ? <Badge color="brass">{t`Slowed down`}</Badge> : <Badge color="verdigris">{t`On`}</Badge>;
}
