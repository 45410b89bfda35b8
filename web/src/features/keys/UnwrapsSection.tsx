import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Badge, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import type { KeyBalance, Unwraps } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { Pager } from '@/shared/Pager';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { usePages } from '@/shared/usePages';
import { idsIn } from './ids';
import { keysKey, keysPath } from './queries';

type Unwrap = Unwraps['items'][number];

/** Each use of the client's key, and whether its keeper's own log tells the same. */
export function UnwrapsSection({ client, provider }: { client: string; provider: string | undefined }) {
  const { t } = useLingui();
  const format = useFormat();
  const pages = usePages<Unwrap>([...keysKey(client), 'unwraps'], keysPath(client, 'unwraps'), { limit: 25, cursorParameter: 'from' });
  return (
    <Section title={t`Uses of the key`} subtitle={t`Written to the audit log before the keeper is asked, each with an id that the keeper is told.`} testId="unwraps">
      <Stack gap="md">
        <QueryView query={pages.query}>
          {({ items }) =>
            items.length === 0 ? (
              <Text size="sm" c="dimmed">
                <Trans>The key was not used yet.</Trans>
              </Text>
            ) : (
              <DataTable
                testId="unwrap-list"
                minWidth={640}
                items={items}
                keyOf={({ index }) => index}
                columns={[
                  { name: t`Entry`, cell: ({ index }) => index, end: true },
                  { name: t`When`, cell: ({ time }) => format.dateTime(time) },
                  { name: t`Id`, cell: ({ unwrap }) => <code style={{ fontSize: 'var(--mantine-font-size-xs)' }}>{unwrap}</code> },
                  { name: t`Key`, cell: ({ provider: keeper, version }) => t`${keeper}, version ${version}` },
                  { name: t`Answer`, cell: ({ refused }) => <Badge color={refused ? 'red' : 'verdigris'}>{refused ? t`Refused: ${refused}` : t`Opened`}</Badge> },
                ]}
              />
            )
          }
        </QueryView>
        <Pager pages={pages} />
        {provider && provider !== 'local' ? <Compare client={client} provider={provider} /> : null}
      </Stack>
    </Section>
  );
}

function Compare({ client, provider }: { client: string; provider: string }) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const unwraps = idsIn(text);
  const compare = useMutation({ mutationFn: () => api.post<KeyBalance>(keysPath(client, 'unwraps', 'compare'), { provider, unwraps }) });
  return (
    <Stack gap="sm">
      <Textarea
        label={t`Compare with the log of ${provider}`}
        description={t`Paste what its log says of decryptions; the ids are found in it.`}
        autosize
        minRows={3}
        maxRows={10}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group>
        <Button variant="default" loading={compare.isPending} onClick={() => compare.mutate()}>
          <Trans>Compare</Trans>
        </Button>
        <Text size="sm" c="dimmed">
          {t`Ids found: ${unwraps.length}`}
        </Text>
      </Group>
      <ProblemAlert error={compare.error} />
      {compare.data ? <BalanceAlert balance={compare.data} /> : null}
    </Stack>
  );
}

function BalanceAlert({ balance }: { balance: KeyBalance }) {
  const { t } = useLingui();
  if (balance.balanced) {
    return (
      <Alert color="verdigris" title={t`Both logs tell the same`}>
        <Trans>Uses in both: {balance.both}. Refused by the keeper: {balance.refused}.</Trans>
      </Alert>
    );
  }
  const shown = (ids: readonly string[]) => (ids.length === 0 ? '–' : ids.slice(0, 20).join(', '));
  return (
    <Alert color="red" title={t`The logs differ`}>
      <Stack gap={6}>
        <Text size="sm">
          <Trans>Only the keeper knows, so somebody else used the key: {shown(balance.onlyThere)}</Trans>
        </Text>
        <Text size="sm">
          <Trans>Only the audit log knows: {shown(balance.onlyHere)}</Trans>
        </Text>
      </Stack>
    </Alert>
  );
}
