import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '@/api/client';
import type { Method, NewRelease, Release } from '@/api/types';
import { projectPath } from '@/features/projects/queries';
import { MethodSelect } from '@/features/quality/MethodSelect';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { releasesQuery } from './queries';

export function NewReleaseForm({ client, project, onStarted }: { client: string; project: string; onStarted: () => void }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [method, setMethod] = useState<Method>('dawid_skene');
  const [notes, setNotes] = useState('');
  const start = useMutation({
    mutationFn: () =>
      api.post<Release>(projectPath(client, project, 'releases'), { method, ...(notes.trim() ? { notes: notes.trim() } : {}) } satisfies NewRelease),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: releasesQuery(client, project).queryKey });
      onStarted();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="release-form">
      <Stack gap="md">
        <MethodSelect label={t`Consensus by`} value={method} onChange={setMethod} explained />
        <Textarea label={t`Notes`} description={t`Part of the release: what changed, what to know.`} autosize minRows={3} value={notes} onChange={(event) => setNotes(event.currentTarget.value)} />
        <ProblemAlert error={start.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={start.isPending} data-testid="start-release">
            <Trans>Build the release</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
