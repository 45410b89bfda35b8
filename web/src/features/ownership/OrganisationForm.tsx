import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { Organisation } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { usePlaces } from '@/shared/usePlaces';
import { organisationsQuery } from './queries';

export function OrganisationForm({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const { countries } = usePlaces();
  const [name, setName] = useState('');
  const [country, setCountry] = useState<string | null>(null);
  const make = useMutation({
    mutationFn: () => api.post<Organisation>('/organisations', { name: name.trim(), ...(country ? { country } : {}) }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: organisationsQuery.queryKey });
      onDone();
    },
  });
  const problem = make.error instanceof ApiError ? make.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="organisation-form">
      <Stack gap="sm">
        <TextInput label={t`Name`} data-autofocus required withAsterisk={false} value={name} onChange={(event) => setName(event.currentTarget.value)} error={problem?.faultsAt('/name')[0]} />
        <Select label={t`Country`} searchable clearable data={countries()} value={country} onChange={setCountry} error={problem?.faultsAt('/country')[0]} />
        <ProblemAlert error={make.error} hideFaults />
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending} disabled={!name.trim()}>
            <Trans>Enter it</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
