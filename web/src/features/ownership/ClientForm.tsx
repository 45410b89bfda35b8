import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api, path } from '@/api/client';
import type { Organisation } from '@/api/types';
import { clientsQuery } from '@/features/clients/queries';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';

/** Says which client an organisation is, so that other clients can name it as a competitor. */
export function ClientForm({ organisation, onDone }: { organisation: Organisation; onDone: () => void }) {
  const { t } = useLingui();
  const clients = useQuery(clientsQuery).data ?? [];
  const [client, setClient] = useState<string | null>(null);
  const say = useMutation({
    mutationFn: () => api.put<void>(path('organisations', organisation.id, 'client'), { client }),
    onSuccess: () => {
      notify(t`${organisation.name} is now known as that client`);
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    say.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="organisation-client-form">
      <Stack gap="sm">
        <Text size="sm">
          <Trans>Rules that name {organisation.name} as a competitor then look at this client's people. It bites at once.</Trans>
        </Text>
        <Select label={t`Client`} searchable data={clients.map(({ slug, name }) => ({ value: slug, label: name }))} value={client} onChange={setClient} />
        <ProblemAlert error={say.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={say.isPending} disabled={!client}>
            <Trans>Save</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
