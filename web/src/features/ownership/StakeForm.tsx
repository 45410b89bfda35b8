import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Checkbox, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { Organisation, Stake } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { stakesQuery } from './queries';

/** Enters a stake. Percentages are exact to four decimals; days are those of UTC. */
export function StakeForm({ organisations, onDone }: { organisations: readonly Organisation[]; onDone: () => void }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [owner, setOwner] = useState<string | null>(null);
  const [held, setHeld] = useState<string | null>(null);
  const [percent, setPercent] = useState<number | string>('');
  const [voting, setVoting] = useState(true);
  const [since, setSince] = useState('');
  const [source, setSource] = useState('');
  const enter = useMutation({
    mutationFn: () => api.post<Stake>('/stakes', { owner, held, percent, voting, since, source: source.trim() }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: stakesQuery.queryKey });
      onDone();
    },
  });
  const problem = enter.error instanceof ApiError ? enter.error : null;
  const fault = (pointer: string) => problem?.faultsAt(pointer)[0];
  const choices = organisations.map(({ id, name }) => ({ value: id, label: name }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="stake-form">
      <Stack gap="sm">
        <Select label={t`Owner`} searchable data={choices} value={owner} onChange={setOwner} error={fault('/owner')} />
        <Select label={t`Holds of`} searchable data={choices.filter(({ value }) => value !== owner)} value={held} onChange={setHeld} error={fault('/held')} />
        <NumberInput label={t`Percent`} min={0} max={100} decimalScale={4} value={percent} onChange={setPercent} error={fault('/percent')} />
        <Checkbox label={t`With votes`} checked={voting} onChange={(event) => setVoting(event.currentTarget.checked)} />
        <TextInput type="date" label={t`Held since`} value={since} onChange={(event) => setSince(event.currentTarget.value)} error={fault('/since')} />
        <TextInput label={t`Source`} description={t`Where you have it from: a register, a filing, a newspaper.`} value={source} onChange={(event) => setSource(event.currentTarget.value)} error={fault('/source')} />
        <ProblemAlert error={enter.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={enter.isPending} disabled={!owner || !held || percent === '' || !since || !source.trim()}>
            <Trans>Enter it</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
