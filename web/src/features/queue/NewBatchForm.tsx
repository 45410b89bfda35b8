import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { Batch, BatchPatch, NewBatch } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { instant } from './acts';
import type { Figure } from './policy';
import { batchesQuery } from './queries';

/** A moment as the browser's field holds it. */
function local(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Makes a batch, or gives one that is there another name, priority or deadline. */
export function NewBatchForm({ client, project, batch, onDone }: { client: string; project: string; batch?: Batch; onDone: () => void }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [name, setName] = useState(batch?.name ?? '');
  const [priority, setPriority] = useState<Figure>(batch?.priority ?? 0);
  const [deadline, setDeadline] = useState(batch?.deadline === undefined ? '' : local(batch.deadline));
  const make = useMutation({
    mutationFn: () => {
      const wanted = { name: name.trim(), priority: Number(priority) || 0, ...(deadline === '' ? {} : { deadline: instant(deadline) }) };
      return batch === undefined
        ? api.post<Batch>(projectPath(client, project, 'batches'), wanted satisfies NewBatch)
        : api.patch<Batch>(projectPath(client, project, 'batches', batch.number), { ...wanted, ...(deadline === '' ? { noDeadline: true } : {}) } satisfies BatchPatch);
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: batch === undefined ? batchesQuery(client, project).queryKey : projectKey(client, project) });
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
          description={batch === undefined ? t`From −100 to 100; tasks of no batch have 0.` : t`From −100 to 100. Tasks that were given another one by hand keep it.`}
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
            {batch === undefined ? <Trans>Make the batch</Trans> : <Trans>Change the batch</Trans>}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
