import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { api, path } from '@/api/client';
import type { Project, ProjectDeletion, ProjectDeletionPreview } from '@/api/types';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Section } from '@/shared/Section';

/** Deletes a project with all it holds, after a preview and its name in writing. */
export function DeleteProject({ client, project }: { client: string; project: Project }) {
  const { t } = useLingui();
  const preview = useMutation({
    mutationFn: () => api.post<ProjectDeletionPreview>(path('clients', client, 'project-deletions', 'preview'), { project: project.id }),
  });
  return (
    <Section
      title={t`Delete the project`}
      testId="delete-project"
      subtitle={<Trans>A deleted project is found by nobody, and all work on it ends. For thirty days it can be brought back from the list of projects; then everything goes but the audit log and what people earned.</Trans>}
      actions={
        preview.data ? null : (
          <Button variant="outline" color="red" loading={preview.isPending} onClick={() => preview.mutate()} data-testid="preview-project-deletion">
            <Trans>Preview</Trans>
          </Button>
        )
      }
    >
      <ProblemAlert error={preview.error} />
      <div aria-live="polite">{preview.data ? <ByName client={client} found={preview.data} /> : null}</div>
    </Section>
  );
}

function ByName({ client, found }: { client: string; found: ProjectDeletionPreview }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const { name, assets, tasks, answers, inWork, releases } = found;
  const run = useMutation({
    mutationFn: () => api.post<ProjectDeletion>(path('clients', client, 'project-deletions'), { project: found.project, name: typed, releases }),
    onSuccess: async () => {
      notify(t`${name} is deleted`);
      await navigate({ to: '/clients/$client/projects', params: { client } });
      void queryClient.invalidateQueries({ queryKey: ['clients', client] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed === name) run.mutate();
  };
  return (
    <Alert color="red" data-testid="project-deletion-preview" title={<Trans>This would be deleted</Trans>}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">
            <Plural value={assets} _0="No assets." one="# asset." other="# assets." /> <Plural value={tasks} _0="No tasks." one="# task." other="# tasks." />{' '}
            <Plural value={answers} _0="No answers." one="# answer." other="# answers." />{' '}
            <Plural value={inWork} _0="Nobody has a task in hand." one="# task is in somebody's hands." other="# tasks are in somebody's hands." />
          </Text>
          {releases.length > 0 ? (
            <Text size="sm" fw={600}>
              <Plural value={releases.length} one="# finished release goes with it, archive and all." other="# finished releases go with it, archives and all." />
            </Text>
          ) : null}
          <Group align="flex-end" gap="sm">
            <TextInput w={320} label={t`Type the project's name: ${name}`} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} autoComplete="off" />
            <Button type="submit" color="red" disabled={typed !== name} loading={run.isPending} data-testid="run-project-deletion">
              <Trans>Delete the project</Trans>
            </Button>
          </Group>
          <ProblemAlert error={run.error} />
        </Stack>
      </form>
    </Alert>
  );
}
