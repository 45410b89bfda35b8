import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { clientsOf, useSession, type ClientRef } from '@/api/session';
import type { MyDocument } from '@/api/types';
import { Confirm } from '@/shared/Confirm';
import { MarkdownView } from '@/shared/MarkdownView';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { myDocumentsQuery } from './queries';
import { useAcceptance } from './useAcceptance';

/** What the reader has to accept before he sees work, client by client; nothing where nobody asks. */
export function ConsentsSection() {
  const { t } = useLingui();
  const clients = clientsOf(useSession());
  const lists = useQueries({ queries: clients.map(({ slug }) => myDocumentsQuery(slug)) });
  const asked = clients.flatMap((client, index) => (lists[index]?.data ?? []).map((mine) => ({ client, mine })));
  if (asked.length === 0) return null;
  return (
    <Section title={t`Texts to accept`} subtitle={t`No work is shown or given before they are accepted. What you accepted you may take back; then the work ends at once.`} testId="consents">
      <Stack gap="sm">
        {asked.map(({ client, mine }) => (
          <Consent key={mine.document.id} client={client} mine={mine} />
        ))}
      </Stack>
    </Section>
  );
}

function Consent({ client, mine }: { client: ClientRef; mine: MyDocument }) {
  const { t } = useLingui();
  const format = useFormat();
  const [reading, setReading] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const { document } = mine;
  const { accept, withdraw } = useAcceptance(client.slug, document, () => {
    setReading(false);
    setLeaving(false);
  });
  const { title, version } = document;
  return (
    <Group justify="space-between" data-testid={`consent-${document.kind}`}>
      <div>
        <Group gap="xs">
          <Text size="sm" fw={550}>
            {title}
          </Text>
          <Badge color={mine.accepted ? 'verdigris' : 'red'}>{mine.accepted ? t({ message: 'Accepted', context: 'text' }) : t`To accept`}</Badge>
        </Group>
        <Text size="xs" c="dimmed">
          {client.name} · <Trans>Version {version}</Trans>
          {mine.accepted && mine.saidAt ? ` · ${format.dateTime(mine.saidAt)}` : ''}
        </Text>
      </div>
      <Group gap="xs">
        <Button size="xs" variant={mine.accepted ? 'default' : 'filled'} aria-label={t`Read: ${title}`} onClick={() => setReading(true)} data-testid="consent-read">
          <Trans>Read</Trans>
        </Button>
        {mine.accepted ? (
          <Button size="xs" variant="default" color="red" aria-label={t`Take back: ${title}`} onClick={() => setLeaving(true)}>
            <Trans>Take back…</Trans>
          </Button>
        ) : null}
      </Group>
      <Modal opened={reading} onClose={() => setReading(false)} size="lg" title={title} closeButtonProps={{ 'aria-label': t`Close` }}>
        <Stack gap="md">
          <MarkdownView>{document.body}</MarkdownView>
          <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            SHA-256 {document.sha256}
          </Text>
          <ProblemAlert error={accept.error} />
          {mine.accepted ? null : (
            <Group justify="flex-end">
              <Button loading={accept.isPending} onClick={() => accept.mutate()} data-testid="consent-accept">
                <Trans>I accept version {version}</Trans>
              </Button>
            </Group>
          )}
        </Stack>
      </Modal>
      <Confirm opened={leaving} title={t`Take back what you accepted`} act={t`Take back`} danger pending={withdraw.isPending} error={withdraw.error} onConfirm={() => withdraw.mutate()} onClose={() => setLeaving(false)}>
        <Text size="sm">
          <Trans>
            From now on {client.name} shows and gives you no work. What you hold goes to others; what you have handed in stays.
          </Trans>
        </Text>
      </Confirm>
    </Group>
  );
}
