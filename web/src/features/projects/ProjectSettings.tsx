import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, MultiSelect, NumberInput, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { Project } from '@/api/types';
import { workforcesQuery } from '@/features/clients/queries';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Section } from '@/shared/Section';
import { notify } from '@/shared/notify';
import { projectPath, projectQuery } from './queries';

/** What of a project may change while it runs. */
export function ProjectSettings({ client, project }: { client: string; project: Project }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const workforces = useQuery(workforcesQuery(client));
  const [name, setName] = useState(project.name);
  const [redundancy, setRedundancy] = useState(project.redundancy);
  const [reviewPercent, setReviewPercent] = useState(Math.round(project.reviewShare * 1000) / 10);
  const [teams, setTeams] = useState([...project.workforces]);
  const save = useMutation({
    mutationFn: () =>
      api.patch<Project>(projectPath(client, project.id), {
        name: name.trim(),
        redundancy,
        reviewShare: Math.round(reviewPercent * 10) / 1000,
        workforces: teams,
      }),
    onSuccess: (updated) => {
      queryClient.setQueryData(projectQuery(client, project.id).queryKey, updated);
      notify(t`The settings are saved`);
    },
  });
  const problem = save.error instanceof ApiError ? save.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Section title={t`Settings`}>
      <form onSubmit={submit} data-testid="settings-form">
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }}>
            <TextInput label={t`Name`} required withAsterisk={false} value={name} error={problem?.faultsAt('/name')[0]} onChange={(event) => setName(event.currentTarget.value)} />
            <NumberInput label={t`Answers per task`} min={1} max={50} allowDecimal={false} value={redundancy} error={problem?.faultsAt('/redundancy')[0]} onChange={(value) => setRedundancy(Number(value) || 1)} />
            <NumberInput label={t`Share reviewed`} min={0} max={100} suffix=" %" value={reviewPercent} error={problem?.faultsAt('/reviewShare')[0]} onChange={(value) => setReviewPercent(Number(value) || 0)} />
            <MultiSelect
              label={t`Workforces`}
              data={(workforces.data ?? []).map((w) => ({ value: w.id, label: w.name }))}
              value={teams}
              error={problem?.faultsAt('/workforces')[0]}
              onChange={setTeams}
            />
          </SimpleGrid>
          <ProblemAlert error={save.error} hideFaults />
          <Group justify="flex-end">
            <Button type="submit" variant="default" loading={save.isPending}>
              <Trans>Save</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
