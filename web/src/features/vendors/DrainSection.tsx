import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, List, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { HandOver, Page, Vendor } from '@/api/types';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Section } from '@/shared/Section';
import { vendorPath } from './queries';

interface Props {
  client: string;
  vendor: Vendor;
}

/** The way out: leaving a vendor, and taking it up again. */
export function DrainSection({ client, vendor, drained }: Props & { drained: boolean }) {
  const { t } = useLingui();
  const [opened, { open, close }] = useDisclosure(false);
  const teamsLeft = vendor.workforces.filter((team) => !team.drained).length;
  return (
    <Section title={t`Leaving`} testId="leaving" subtitle={t`A drain takes everything of this client out of its hands at once; its work stays and goes on with others.`}>
      <Group>
        {teamsLeft > 0 ? (
          <Button color="red" variant="outline" onClick={open} data-testid="drain">
            <Trans>Drain {vendor.name}…</Trans>
          </Button>
        ) : null}
        {drained ? <Lift client={client} vendor={vendor} /> : null}
      </Group>
      <Modal opened={opened} onClose={close} title={t`Drain ${vendor.name}`} size="lg" closeButtonProps={{ 'aria-label': t`Close` }}>
        <DrainForm client={client} vendor={vendor} onDone={close} />
      </Modal>
    </Section>
  );
}

/** Everything of the client may look different after it: who works, what waits, what is routed. */
function useReadAgain(client: string): () => void {
  const queryClient = useQueryClient();
  return () => void queryClient.invalidateQueries({ queryKey: ['clients', client] });
}

function DrainForm({ client, vendor, onDone }: Props & { onDone: () => void }) {
  const { t } = useLingui();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const readAgain = useReadAgain(client);
  const people = vendor.workforces.reduce((sum, team) => sum + (team.drained ? 0 : team.people), 0);
  const drain = useMutation({
    mutationFn: () => api.post<Page<HandOver>>(vendorPath(client, vendor.id, 'drain'), { reason: reason.trim() }),
    onSuccess: () => {
      notify(t`${vendor.name} is drained; the hand-over report is there`);
      readAgain();
      onDone();
    },
  });
  const problem = drain.error instanceof ApiError ? drain.error : null;
  const sure = typed.trim() === vendor.name.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sure) drain.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="drain-form">
      <Stack gap="md">
        <List size="sm" spacing={4}>
          <List.Item>
            <Plural value={people} one="# person loses roles, keys and invitations at this client." other="# people lose roles, keys and invitations at this client." />
          </List.Item>
          <List.Item>{t`Open leases end. An answer that is being written counts; a later one is refused.`}</List.Item>
          <List.Item>{t`Returned answers and tasks assigned to it alone go to others.`}</List.Item>
          <List.Item>{t`Taking it up again is possible, but its people are invited anew.`}</List.Item>
        </List>
        <Textarea
          label={t`Reason`}
          description={t`Stands in the audit log and the hand-over report.`}
          autosize
          minRows={2}
          maxLength={500}
          required
          withAsterisk={false}
          value={reason}
          error={problem?.faultsAt('/reason')[0]}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-testid="drain-reason"
        />
        <TextInput
          label={t`Type the name to confirm: ${vendor.name}`}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-testid="drain-name"
        />
        <ProblemAlert error={drain.error} hideFaults />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" color="red" disabled={!sure || reason.trim() === ''} loading={drain.isPending} data-testid="drain-now">
            <Trans>Drain now</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Lift({ client, vendor }: Props) {
  const { t } = useLingui();
  const readAgain = useReadAgain(client);
  const lift = useMutation({
    mutationFn: () => api.delete<undefined>(vendorPath(client, vendor.id, 'drain')),
    onSuccess: () => {
      notify(t`${vendor.name} may work again; invite its people`);
      readAgain();
    },
  });
  return (
    <Stack gap="xs">
      <Text size="sm">{t`It may take nothing any more.`}</Text>
      <Group>
        <Button variant="default" loading={lift.isPending} onClick={() => lift.mutate()} data-testid="lift">
          <Trans>Take it up again</Trans>
        </Button>
      </Group>
      <ProblemAlert error={lift.error} />
    </Stack>
  );
}
