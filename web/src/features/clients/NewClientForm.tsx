import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { Client } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { clientsQuery } from './queries';
import { SLUG, slugOf } from './slug';

export function NewClientForm({ onMade }: { onMade: (client: Client) => void }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [ownSlug, setOwnSlug] = useState<string | null>(null);
  const slug = ownSlug ?? slugOf(name);
  const make = useMutation({
    mutationFn: () => api.post<Client>('/clients', { slug, name: name.trim() }),
    onSuccess: (client) => {
      void queryClient.invalidateQueries({ queryKey: clientsQuery.queryKey });
      onMade(client);
    },
  });
  const faults = make.error instanceof ApiError ? make.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="client-form">
      <Stack gap="sm">
        <TextInput label={t`Name`} data-autofocus required withAsterisk={false} value={name} error={faults?.faultsAt('/name')[0]} onChange={(e) => setName(e.currentTarget.value)} />
        <TextInput
          label={t`Short name`}
          description={t`Stands in addresses and cannot change later: small letters, digits, hyphens.`}
          required
          withAsterisk={false}
          ff="monospace"
          value={slug}
          error={slug && !SLUG.test(slug) ? t`Begin with a letter; 2 to 32 small letters, digits or hyphens.` : faults?.faultsAt('/slug')[0]}
          onChange={(e) => setOwnSlug(e.currentTarget.value)}
        />
        <ProblemAlert error={make.error} hideFaults />
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending} disabled={!SLUG.test(slug) || !name.trim()}>
            <Trans>Make the client</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
