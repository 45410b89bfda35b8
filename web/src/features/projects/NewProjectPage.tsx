import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useMemo, useState, type FormEvent } from 'react';
import { ApiError, api, path } from '@/api/client';
import type { Ontology, Project } from '@/api/types';
import { LinkAnchor } from '@/shared/links';
import { Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Section } from '@/shared/Section';
import { emptyDraft, toNewProject, withTemplate, type Draft } from './draft';
import { MarkdownEditor } from './MarkdownEditor';
import { checkOntology, faultsInOntology } from './ontology/check';
import { OntologyEditor } from './ontology/OntologyEditor';
import { projectsQuery } from './queries';
import { TemplateChoice } from './TemplateChoice';
import { WorkSettings } from './WorkSettings';

export function NewProjectPage() {
  const { t } = useLingui();
  const { client } = useParams({ from: '/signed-in/shell/clients/$client/projects/new' });
  const [draft, setDraft] = useState(emptyDraft);
  const [tried, setTried] = useState(false);
  const create = useCreate(client);
  const change = useCallback((part: Partial<Draft>) => setDraft((d) => ({ ...d, ...part })), []);
  const changeOntology = useCallback((ontology: Ontology) => change({ ontology }), [change]);
  const problem = create.error instanceof ApiError ? create.error : null;
  const faults = useMemo(() => faultsInOntology(problem?.faults ?? []), [problem]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (checkOntology(draft.ontology).length === 0) create.mutate(draft);
    else document.querySelector('[data-testid="ontology-editor"]')?.scrollIntoView({ block: 'start' });
  };
  return (
    <Page
      title={t`New project`}
      crumb={
        <LinkAnchor to="/clients/$client/projects" params={{ client }}>
          <Trans>Projects</Trans>
        </LinkAnchor>
      }
      width={1040}
    >
      <form onSubmit={submit} data-testid="project-form">
        <Stack gap="md">
          <Section title={t`Kind`}>
            <TemplateChoice value={draft.template} onChange={(template) => setDraft((d) => withTemplate(d, template))} />
          </Section>
          <Names draft={draft} change={change} problem={problem} />
          <Section title={t`Labels and questions`} subtitle={t`Each change makes a new version; answers remember the one they were given under.`}>
            <OntologyEditor
              value={draft.ontology}
              onChange={changeOntology}
              withLabels={draft.template === 'image-boxes'}
              faults={faults}
              showMissing={tried}
            />
          </Section>
          <Section title={t`Guidelines`} subtitle={t`What annotators read beside their work.`}>
            <MarkdownEditor value={draft.guidelines} onChange={(guidelines) => change({ guidelines })} error={problem?.faultsAt('/guidelines')[0]} />
          </Section>
          <WorkSettings client={client} draft={draft} change={change} problem={problem} />
          <ProblemAlert error={create.error} />
          <Group justify="flex-end">
            <Button type="submit" size="md" loading={create.isPending} data-testid="create-project">
              <Trans>Create the project</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}

function useCreate(client: string) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (draft: Draft) => api.post<Project>(path('clients', client, 'projects'), toNewProject(draft)),
    onSuccess: (project) => {
      void queryClient.invalidateQueries({ queryKey: projectsQuery(client).queryKey });
      void navigate({ to: '/clients/$client/projects/$project/assets', params: { client, project: project.id } });
    },
  });
}

function Names({ draft, change, problem }: { draft: Draft; change: (part: Partial<Draft>) => void; problem: ApiError | null }) {
  const { t } = useLingui();
  return (
    <Section title={t`Name`}>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <TextInput
          label={t`Name`}
          description={t`For you and your colleagues.`}
          required
          withAsterisk={false}
          value={draft.name}
          error={problem?.faultsAt('/name')[0]}
          data-testid="project-name"
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t`Code name`}
          description={t`All that annotators see. Drawn by lot if empty.`}
          value={draft.codeName}
          error={problem?.faultsAt('/codeName')[0]}
          onChange={(event) => change({ codeName: event.currentTarget.value })}
        />
        <TextInput
          label={t`Licence of the releases`}
          description={t`An SPDX name, if there is one.`}
          placeholder="CC0-1.0"
          value={draft.licence}
          error={problem?.faultsAt('/licence')[0]}
          onChange={(event) => change({ licence: event.currentTarget.value })}
        />
      </SimpleGrid>
    </Section>
  );
}
