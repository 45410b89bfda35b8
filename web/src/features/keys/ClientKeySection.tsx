import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Badge, Button, Group, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { Keys } from '@/api/types';
import { Confirm } from '@/shared/Confirm';
import { DataTable } from '@/shared/DataTable';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { keysPath, keysQuery } from './queries';

type Verb = 'rotate' | 'disable' | 'enable';

/** The key over everything: who keeps it, its versions, and taking it away. */
export function ClientKeySection({ client, keys }: { client: string; keys: Keys }) {
  const { t } = useLingui();
  const format = useFormat();
  const mayChange = holds(useSession(), client, 'requester');
  const [verb, setVerb] = useState<Verb | null>(null);
  const disabled = keys.state === 'disabled';
  return (
    <Section
      title={t`The client's key`}
      testId="client-key"
      actions={
        mayChange ? (
          <>
            <Button variant="default" disabled={disabled} onClick={() => setVerb('rotate')} data-testid="rotate-key">
              <Trans>Rotate…</Trans>
            </Button>
            {disabled ? (
              <Button onClick={() => setVerb('enable')} data-testid="enable-key">
                <Trans>Enable…</Trans>
              </Button>
            ) : (
              <Button color="red" variant="outline" onClick={() => setVerb('disable')} data-testid="disable-key">
                <Trans>Disable…</Trans>
              </Button>
            )}
          </>
        ) : null
      }
    >
      <Stack gap="md">
        {disabled ? (
          <Alert color="red" title={t`The key is disabled`}>
            <Trans>Since {keys.disabledAt ? format.dateTime(keys.disabledAt) : '–'} nothing under it opens. Keys, audit log and break-glass stay reachable.</Trans>
          </Alert>
        ) : null}
        <Group gap="xs">
          <Badge color={disabled ? 'red' : 'verdigris'}>{disabled ? t`Disabled` : t`Enabled`}</Badge>
          <Text size="sm">
            <Trans>Kept by {keys.provider}</Trans>
          </Text>
        </Group>
        <DataTable
          testId="key-versions"
          caption={t`Versions of the client's key`}
          items={keys.versions}
          keyOf={({ version }) => version}
          columns={[
            { name: t`Version`, cell: ({ version }) => version },
            { name: t`Keeper`, cell: ({ provider }) => provider },
            { name: t`Its name there`, cell: ({ key }) => <code style={{ overflowWrap: 'anywhere', fontSize: 'var(--mantine-font-size-xs)' }}>{key}</code> },
            { name: t`Made`, cell: ({ madeAt }) => format.dateTime(madeAt) },
            { name: t`State`, cell: ({ retiredAt }) => (retiredAt ? t`Retired ${format.dateTime(retiredAt)}` : t`In use`) },
          ]}
        />
        {mayChange ? <Keepers client={client} keys={keys} /> : null}
      </Stack>
      {verb ? <Act client={client} verb={verb} onDone={() => setVerb(null)} /> : null}
    </Section>
  );
}

function Act({ client, verb, onDone }: { client: string; verb: Verb; onDone: () => void }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const act = useMutation({
    mutationFn: () => api.post<Keys>(keysPath(client, verb)),
    onSuccess: (keys) => {
      queryClient.setQueryData(keysQuery(client).queryKey, keys);
      void queryClient.invalidateQueries({ queryKey: ['clients', client] });
      onDone();
    },
  });
  const words = {
    rotate: {
      title: t`Rotate the client's key`,
      act: t`Rotate`,
      text: t`A new version wraps every data key anew, then the old one is retired. Reads and writes go on. A backup from before needs the keys of that time.`,
    },
    disable: {
      title: t`Disable the client's key`,
      act: t`Disable the key`,
      text: t`Everything under it closes: at once on this server, within 60 seconds on others. Nobody can work, review, export or look until you enable it again.`,
    },
    enable: { title: t`Enable the client's key`, act: t`Enable the key`, text: t`What lies under it opens again; no restart is needed.` },
  }[verb];
  return (
    <Confirm opened title={words.title} act={words.act} danger={verb === 'disable'} pending={act.isPending} error={act.error} onConfirm={() => act.mutate()} onClose={onDone}>
      <Text size="sm">{words.text}</Text>
    </Confirm>
  );
}

/** Asks a keeper whether it answers, and has another keep the key. */
function Keepers({ client, keys }: { client: string; keys: Keys }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [provider, setProvider] = useState(keys.provider);
  const test = useMutation({ mutationFn: () => api.post<{ reachable: boolean }>(keysPath(client, 'providers', provider, 'test')) });
  const move = useMutation({
    mutationFn: () => api.put<Keys>(keysPath(client), { provider }),
    onSuccess: (moved) => queryClient.setQueryData(keysQuery(client).queryKey, moved),
  });
  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="sm">
        <Select
          label={t`Keeper of the key`}
          description={t`The operator lists keepers; no request can change the list.`}
          w={320}
          allowDeselect={false}
          data={keys.providers.map(({ name, kind }) => ({ value: name, label: name.toLowerCase() === kind.toLowerCase() ? name : `${name} (${kind})` }))}
          value={provider}
          onChange={(value) => {
            if (value) setProvider(value);
            test.reset();
            move.reset();
          }}
        />
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          <Trans>Does it answer?</Trans>
        </Button>
        <Button variant="default" disabled={provider === keys.provider} loading={move.isPending} onClick={() => move.mutate()}>
          <Trans>Let it keep the key</Trans>
        </Button>
      </Group>
      <div aria-live="polite">
        {test.data?.reachable ? (
          <Text size="sm" c="var(--etalon-good)">
            <Trans>{provider} answers.</Trans>
          </Text>
        ) : null}
      </div>
      <ProblemAlert error={test.error ?? move.error} />
    </Stack>
  );
}
