import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { Batch, NewBatch } from '@/api/types';
import { projectPath } from '@/features/projects/queries';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { instant } from './acts';
import type { Figure } from './policy';
import { batchesQuery } from './queries';

export function NewBatchForm({ client, project, onDone }: { client: string; project: string; onDone: () => void }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [priority, setPriority] = useState<Figure>(0);
  const [deadline, setDeadline] = useState('');
  const make = useMutation({
    mutationFn: () =>
      api.post<Batch>(projectPath(client, project, 'batches'), {
        name: name.trim(),
        priority: Number(priority) || 0,
        ...(deadline === '' ? {} : { deadline: instant(deadline) }),
      } satisfies NewBatch),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: batchesQuery(client, project).queryKey });
      onDone();
    },
  });
  const problem = make.error instanceof ApiError ? make.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="batch-form">
      <Stack gap="md">
        <TextInput label={t`Name`} required withAsterisk={false} data-autofocus maxLength={200} value={name} error={problem?.faultsAt('/name')[0]} onChange={(event) => setName(event.currentTarget.value)} />
        <NumberInput
          label={t`Priority`}
          description={t`From −100 to 100; tasks of no batch have 0.`}
          min={-100}
          max={100}
          allowDecimal={false}
          value={priority}
          error={problem?.faultsAt('/priority')[0]}
          onChange={setPriority}
        />
        <TextInput label={t`Deadline`} description={t`Optional, in your own time zone.`} type="datetime-local" value={deadline} error={problem?.faultsAt('/deadline')[0]} onChange={(event) => setDeadline(event.currentTarget.value)} />
        <ProblemAlert error={make.error} hideFaults />
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending} disabled={name.trim() === ''} data-testid="make-batch">
            <Trans>Make the batch</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
