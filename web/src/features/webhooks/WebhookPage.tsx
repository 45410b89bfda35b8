import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { api } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { Webhook, WebhookDelivery, WebhookMade } from '@/api/types';
import { Confirm } from '@/shared/Confirm';
import { CopyField } from '@/shared/CopyField';
import { LinkAnchor } from '@/shared/links';
import { notify } from '@/shared/notify';
import { Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { DeliveriesSection } from './DeliveriesSection';
import { webhookPath, webhookQuery, webhooksKey } from './queries';
import { useWebhookWords } from './useWebhookWords';
import { Verification } from './WebhookForm';
import { WebhookState } from './WebhooksPage';

/** One program: how it stands, what was sent to it, and what can be done. */
export function WebhookPage() {
  const { t } = useLingui();
  const { client, webhook } = useParams({ from: '/signed-in/shell/clients/$client/webhooks/$webhook' });
  const found = useQuery(webhookQuery(client, webhook));
  return (
    <Page
      title={t`Webhook`}
      crumb={
        <LinkAnchor to="/clients/$client/webhooks" params={{ client }}>
          <Trans>Webhooks</Trans>
        </LinkAnchor>
      }
    >
      <QueryView query={found}>
        {(one) => (
          <>
            <Standing client={client} webhook={one} />
            <DeliveriesSection client={client} webhook={one} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Standing({ client, webhook }: { client: string; webhook: Webhook }) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useWebhookWords();
  return (
    <Section title={webhook.description || t`Where it is told`} testId="webhook" actions={<WebhookState webhook={webhook} />}>
      <Stack gap="sm">
        {webhook.disabled && webhook.disabledAt ? (
          <Alert color={webhook.disabled === 'by-hand' ? 'gray' : 'red'} title={words.disabled[webhook.disabled]} data-testid="webhook-disabled">
            <Trans>Since {format.dateTime(webhook.disabledAt)} nothing is sent. What waits is sent once it is enabled again.</Trans>
          </Alert>
        ) : null}
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {webhook.url}
        </Code>
        <Text size="sm">{webhook.kinds.map((kind) => words.kinds[kind] ?? kind).join(', ')}</Text>
        {webhook.publicKey ? <CopyField label={t`Public key`} value={webhook.publicKey} /> : <Text size="sm" c="dimmed">{t`Messages are signed with a secret that was shown once.`}</Text>}
        {webhook.formerUntil ? (
          <Text size="sm" c="dimmed">
            <Trans>The former key signs along until {format.dateTime(webhook.formerUntil)}.</Trans>
          </Text>
        ) : null}
        {holds(useSession(), client, 'requester') ? <Acts client={client} webhook={webhook} /> : null}
      </Stack>
    </Section>
  );
}

function Acts({ client, webhook }: { client: string; webhook: Webhook }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [rotating, rotation] = useDisclosure(false);
  const [removing, removal] = useDisclosure(false);
  const again = () => queryClient.invalidateQueries({ queryKey: webhooksKey(client) });
  const test = useMutation({
    mutationFn: () => api.post<WebhookDelivery>(webhookPath(client, webhook.id, 'test')),
    onSuccess: () => notify(t`A test message is on its way`),
    onSettled: again,
  });
  const turn = useMutation({
    mutationFn: (enabled: boolean) => api.patch<Webhook>(webhookPath(client, webhook.id), { enabled }),
    onSettled: again,
  });
  const rotate = useMutation({
    mutationFn: () => api.post<WebhookMade>(webhookPath(client, webhook.id, 'rotation')),
    onSettled: again,
  });
  const remove = useMutation({
    mutationFn: () => api.delete(webhookPath(client, webhook.id)),
    onSuccess: async () => {
      await navigate({ to: '/clients/$client/webhooks', params: { client } });
      await again();
    },
  });
  const endRotation = () => {
    rotation.close();
    rotate.reset();
  };
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button variant="default" disabled={Boolean(webhook.disabled)} loading={test.isPending} onClick={() => test.mutate()} data-testid="webhook-test">
          <Trans>Send a test</Trans>
        </Button>
        <Button variant="default" loading={turn.isPending} onClick={() => turn.mutate(Boolean(webhook.disabled))} data-testid="webhook-turn">
          {webhook.disabled ? t`Enable` : t`Disable`}
        </Button>
        <Button variant="default" onClick={rotation.open} data-testid="webhook-rotate">
          <Trans>Change the key…</Trans>
        </Button>
        <Button color="red" variant="outline" onClick={removal.open} data-testid="webhook-remove">
          <Trans>Remove…</Trans>
        </Button>
      </Group>
      <ProblemAlert error={test.error ?? turn.error} />
      {rotate.data ? (
        <Modal opened={rotating} onClose={endRotation} title={t`The new key`} size="lg" closeButtonProps={{ 'aria-label': t`Close` }}>
          <Verification made={rotate.data} onDone={endRotation} />
        </Modal>
      ) : (
        <Confirm opened={rotating} title={t`Change the key`} act={t`Change it`} pending={rotate.isPending} error={rotate.error} onConfirm={() => rotate.mutate()} onClose={endRotation}>
          <Text size="sm">{t`For 24 hours messages bear the signatures of both keys, so that the receiver can change over.`}</Text>
        </Confirm>
      )}
      <Confirm opened={removing} title={t`Remove this webhook`} act={t`Remove`} danger pending={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()} onClose={removal.close}>
        <Text size="sm">{t`It is told nothing more, and the list of what was sent to it goes too.`}</Text>
      </Confirm>
    </Stack>
  );
}
