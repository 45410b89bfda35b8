import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Code, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { Webhook, WebhookDelivery, WebhookDeliveryDetail } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { Pager } from '@/shared/Pager';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { usePages } from '@/shared/usePages';
import { deliveryQuery, webhookPath, webhooksKey } from './queries';
import { useWebhookWords } from './useWebhookWords';

const COLOURS = { waiting: 'brass', delivered: 'verdigris', failed: 'red' } as const;

/** What was sent to a program in the last 30 days. */
export function DeliveriesSection({ client, webhook }: { client: string; webhook: Webhook }) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useWebhookWords();
  const [state, setState] = useState<string | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const pages = usePages<WebhookDelivery>([...webhooksKey(client), webhook.id, 'deliveries'], webhookPath(client, webhook.id, 'deliveries'), {
    limit: 25,
    filter: state ? { state } : {},
    refetchInterval: 3_000,
  });
  return (
    <Section
      title={t`Messages`}
      subtitle={t`What was sent in the last 30 days, newest first.`}
      actions={
        <Select
          aria-label={t`State`}
          placeholder={t`Every state`}
          clearable
          w={180}
          data={(['waiting', 'delivered', 'failed'] as const).map((value) => ({ value, label: words.states[value] }))}
          value={state}
          onChange={setState}
        />
      }
    >
      <QueryView query={pages.query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">{t`No messages.`}</Text>
          ) : (
            <DataTable
              testId="webhook-deliveries"
              minWidth={680}
              items={items}
              keyOf={({ id }) => id}
              columns={[
                { name: t`Made`, cell: ({ madeAt }) => format.dateTime(madeAt) },
                { name: t`News`, cell: ({ kind }) => words.kinds[kind] ?? kind },
                { name: t`State`, cell: (one) => <Badge color={COLOURS[one.state]}>{words.states[one.state]}</Badge> },
                { name: t`Tries`, cell: ({ tries }) => format.number(tries), end: true },
                { name: t`Next try`, cell: ({ nextAt }) => (nextAt ? format.dateTime(nextAt) : '') },
                {
                  name: t`Actions`,
                  quiet: true,
                  end: true,
                  cell: ({ id }) => (
                    <Button size="xs" variant="default" onClick={() => setOpened(id)}>
                      <Trans>Look</Trans>
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </QueryView>
      <Pager pages={pages} />
      <Modal opened={opened !== null} onClose={() => setOpened(null)} title={t`One message`} size="lg" closeButtonProps={{ 'aria-label': t`Close` }}>
        {opened ? <Delivery client={client} webhook={webhook} id={opened} /> : null}
      </Modal>
    </Section>
  );
}

function Delivery({ client, webhook, id }: { client: string; webhook: Webhook; id: string }) {
  const found = useQuery(deliveryQuery(client, webhook.id, id));
  return <QueryView query={found}>{(one) => <Detail client={client} webhook={webhook} detail={one} />}</QueryView>;
}

function Detail({ client, webhook, detail }: { client: string; webhook: Webhook; detail: WebhookDeliveryDetail }) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useWebhookWords();
  const queryClient = useQueryClient();
  const mayChange = holds(useSession(), client, 'requester');
  const again = useMutation({
    mutationFn: () => api.post<WebhookDelivery>(webhookPath(client, webhook.id, 'deliveries', detail.delivery.id, 'again')),
    onSettled: () => queryClient.invalidateQueries({ queryKey: webhooksKey(client) }),
  });
  return (
    <Stack gap="sm" data-testid="webhook-delivery">
      <Text size="sm">
        <Code>{detail.delivery.webhookId}</Code>
      </Text>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {detail.body}
      </Code>
      {detail.attempts.length === 0 ? (
        <Text size="sm" c="dimmed">{t`It was not tried yet.`}</Text>
      ) : (
        <DataTable
          testId="webhook-attempts"
          minWidth={420}
          items={detail.attempts}
          keyOf={({ number }) => number}
          columns={[
            { name: t`Try`, cell: ({ number }) => format.number(number) },
            { name: t`When`, cell: ({ at }) => format.dateTime(at) },
            { name: t`Answer`, cell: ({ status, fault }) => (status ? String(status) : (words.faults[fault ?? ''] ?? fault)) },
            { name: t`Milliseconds`, cell: ({ millis }) => format.number(millis), end: true },
          ]}
        />
      )}
      <ProblemAlert error={again.error} />
      {mayChange ? (
        <Group justify="flex-end">
          <Button variant="default" disabled={Boolean(webhook.disabled)} loading={again.isPending} onClick={() => again.mutate()} data-testid="webhook-again">
            <Trans>Send again</Trans>
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}
