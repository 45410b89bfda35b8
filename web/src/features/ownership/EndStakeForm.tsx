import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api, path } from '@/api/client';
import type { Stake } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useFormat } from '@/shared/useFormat';
import { stakesQuery } from './queries';

export function EndStakeForm({ stake, nameOf, onDone }: { stake: Stake; nameOf: (id: string) => string; onDone: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const queryClient = useQueryClient();
  const [until, setUntil] = useState('');
  const end = useMutation({
    mutationFn: () => api.post<Stake>(path('stakes', stake.id, 'end'), until ? { until } : {}),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: stakesQuery.queryKey });
      onDone();
    },
  });
  const problem = end.error instanceof ApiError ? end.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    end.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="end-stake-form">
      <Stack gap="sm">
        <Text size="sm">
          <Trans>
            {nameOf(stake.owner)} holds {format.percent(stake.percent / 100, 4)} of {nameOf(stake.held)} since {format.day(stake.since)}. Walls that stand for this stake alone open.
          </Trans>
        </Text>
        <TextInput
          type="date"
          label={t`Not held any more from`}
          description={t`Empty: from today on (UTC).`}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
          error={problem?.faultsAt('/until')[0]}
        />
        <ProblemAlert error={end.error} hideFaults />
        <Group justify="flex-end">
          <Button type="submit" color="red" loading={end.isPending}>
            <Trans>End the stake</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
