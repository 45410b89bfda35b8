import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, List, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api, path } from '@/api/client';
import type { DrainedAtClient, Organisation, Page } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useFormat } from '@/shared/useFormat';

/** The operator's way out of a vendor, at all clients at once; what it left tells each client's own hand-over report. */
export function DrainEverywhere({ organisation, onDone }: { organisation: Organisation; onDone: () => void }) {
  const { t } = useLingui();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const drain = useMutation({
    mutationFn: () => api.post<Page<DrainedAtClient>>(path('vendors', organisation.id, 'drain'), { reason: reason.trim() }),
  });
  if (drain.data) return <Done lines={drain.data.items} onDone={onDone} />;
  const problem = drain.error instanceof ApiError ? drain.error : null;
  const sure = typed.trim() === organisation.name.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sure) drain.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="drain-everywhere-form">
      <Stack gap="md">
        <List size="sm" spacing={4}>
          <List.Item>{t`At every client that it works for, its people lose roles, keys and invitations.`}</List.Item>
          <List.Item>{t`Open leases end; its work stays and goes on with others.`}</List.Item>
          <List.Item>{t`Each client finds a hand-over report, and alone can take it up again.`}</List.Item>
        </List>
        <Textarea
          label={t`Reason`}
          description={t`Stands in the audit log and the hand-over report of each client.`}
          autosize
          minRows={2}
          maxLength={500}
          required
          withAsterisk={false}
          value={reason}
          error={problem?.faultsAt('/reason')[0]}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TextInput label={t`Type the name to confirm: ${organisation.name}`} autoComplete="off" spellCheck={false} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
        {problem?.status === 404 ? <Text size="sm">{t`No client works with it as a vendor.`}</Text> : <ProblemAlert error={drain.error} hideFaults />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" color="red" disabled={!sure || reason.trim() === ''} loading={drain.isPending}>
            <Trans>Drain now</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Done({ lines, onDone }: { lines: readonly DrainedAtClient[]; onDone: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <Stack gap="md" data-testid="drained-everywhere">
      <Text size="sm">
        <Plural value={lines.length} one="It was left at # client." other="It was left at # clients." />
      </Text>
      <DataTable
        testId="drained-clients"
        caption={t`What was left, by client`}
        items={lines}
        keyOf={({ client }) => client}
        columns={[
          { name: t`Client`, cell: ({ client }) => client },
          { name: t`Workforces`, cell: ({ workforces }) => format.number(workforces), end: true },
          { name: t`People`, cell: ({ people }) => format.number(people), end: true },
          { name: t`Leases ended`, cell: ({ leasesEnded }) => format.number(leasesEnded), end: true },
        ]}
      />
      <Group justify="flex-end">
        <Button onClick={onDone}>
          <Trans>Done</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
