import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, path } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { ExitConsent } from '@/api/types';
import { Confirm } from '@/shared/Confirm';
import { DataTable } from '@/shared/DataTable';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { archivesQuery, consentsQuery } from './queries';

/** Agreement to the client's end here, for a week; an operator who is somebody else orders it. */
export function ConsentSection({ client }: { client: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const requester = holds(useSession(), client, 'requester');
  const consents = useQuery(consentsQuery(client));
  const [agreeing, setAgreeing] = useState(false);
  return (
    <Section
      title={t`End here`}
      subtitle={t`A requester agrees; an operator who is somebody else may order it within a week. Key, objects and database are then destroyed.`}
      testId="consents"
      actions={
        requester ? (
          <Button color="red" variant="outline" onClick={() => setAgreeing(true)} data-testid="agree-to-end">
            <Trans>Agree to the end…</Trans>
          </Button>
        ) : null
      }
    >
      <QueryView query={consents}>
        {(items) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>Nobody has agreed: this client cannot be destroyed.</Trans>
            </Text>
          ) : (
            <DataTable
              testId="consent-list"
              items={items}
              keyOf={({ id }) => id}
              columns={[
                { name: t`Agreed`, cell: ({ at }) => format.dateTime(at) },
                { name: t`In force until`, cell: ({ expiresAt }) => format.dateTime(expiresAt) },
                { name: t`Archive`, cell: (consent) => (consent.export ? `${consent.export.slice(0, 8)}…` : t`None`) },
                { name: t`Actions`, quiet: true, end: true, cell: ({ id }) => (requester ? <Withdraw client={client} consent={id} /> : null) },
              ]}
            />
          )
        }
      </QueryView>
      {agreeing ? <AgreeDialogue client={client} onDone={() => setAgreeing(false)} /> : null}
    </Section>
  );
}

function Withdraw({ client, consent }: { client: string; consent: string }) {
  const queryClient = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => api.delete<void>(path('clients', client, 'exit', 'consents', consent)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: consentsQuery(client).queryKey }),
  });
  return (
    <Stack gap={6} align="flex-end">
      <Button size="xs" variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
        <Trans>Withdraw</Trans>
      </Button>
      <ProblemAlert error={withdraw.error} />
    </Stack>
  );
}

function AgreeDialogue({ client, onDone }: { client: string; onDone: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const queryClient = useQueryClient();
  const archive = useQuery(archivesQuery(client)).data?.find(({ state }) => state === 'ready');
  const [choice, setChoice] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const agree = useMutation({
    mutationFn: () =>
      api.post<ExitConsent>(path('clients', client, 'exit', 'consents'), { slug: typed.trim(), ...(choice === 'none' ? { withoutArchive: true } : { export: choice }) }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: consentsQuery(client).queryKey });
      onDone();
    },
  });
  return (
    <Confirm
      opened
      danger
      title={t`Agree to the end of this client here`}
      act={t`I agree`}
      disabled={choice === null || typed.trim() !== client}
      pending={agree.isPending}
      error={agree.error}
      onConfirm={() => agree.mutate()}
      onClose={onDone}
    >
      <Text size="sm">
        <Trans>Once an operator has ordered it, nothing brings it back here. Until then you can withdraw.</Trans>
      </Text>
      <Radio.Group label={t`What goes along`} value={choice} onChange={setChoice}>
        <Stack gap={8} mt={6}>
          {archive ? <Radio value={archive.id} label={t`The archive of ${format.dateTime(archive.createdAt)}`} /> : null}
          <Radio value="none" label={t`Nothing: everything is given up`} />
        </Stack>
      </Radio.Group>
      {archive ? null : (
        <Group>
          <Text size="sm" c="dimmed">
            <Trans>No archive is ready. Order one first to take everything along.</Trans>
          </Text>
        </Group>
      )}
      <TextInput label={t`Type the short name: ${client}`} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} autoComplete="off" />
    </Confirm>
  );
}
