import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { Job, Keys, ProjectKeys } from '@/api/types';
import { projectPath, projectsQuery } from '@/features/projects/queries';
import { DataTable } from '@/shared/DataTable';
import { LinkButton } from '@/shared/links';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { brokenQuery, keysPath, keysQuery } from './queries';

/** The project under which the keys stand that seal what belongs to no project. */
const CLIENT_ITSELF = '00000000-0000-0000-0000-000000000000';

/** Each project's data keys, what was found broken, and the work on them. */
export function ProjectKeysSection({ client, keys }: { client: string; keys: Keys }) {
  const { t } = useLingui();
  const projects = useQuery({ ...projectsQuery(client), enabled: keys.state === 'enabled' }).data ?? [];
  const [open, setOpen] = useState<string | null>(null);
  const nameOf = (id: string) => (id === CLIENT_ITSELF ? t`The client itself` : projects.find((project) => project.id === id)?.name ?? `${id.slice(0, 8)}…`);
  const opened = keys.projects.find(({ project }) => project === open);
  return (
    <Section title={t`Projects' data keys`} subtitle={t`They seal assets, texts, drafts and archives. The newest seals; older ones open until they are refused.`} testId="project-keys">
      {keys.projects.length === 0 ? (
        <Text size="sm" c="dimmed">
          <Trans>No project has sealed anything yet.</Trans>
        </Text>
      ) : (
        <DataTable
          testId="project-key-list"
          items={keys.projects}
          keyOf={({ project }) => project}
          columns={[
            { name: t`Project`, cell: ({ project }) => nameOf(project) },
            { name: t`Data keys`, cell: (one) => <Versions keys={one} /> },
            {
              name: t`Actions`,
              quiet: true,
              end: true,
              cell: ({ project }) => (
                <Button size="xs" variant="default" onClick={() => setOpen(project)} aria-label={t`Open the keys of ${nameOf(project)}`}>
                  <Trans>Open…</Trans>
                </Button>
              ),
            },
          ]}
        />
      )}
      <Modal opened={opened !== undefined} onClose={() => setOpen(null)} size="lg" title={opened ? nameOf(opened.project) : ''} closeButtonProps={{ 'aria-label': t`Close` }}>
        {opened ? <ProjectPanel client={client} keys={opened} /> : null}
      </Modal>
    </Section>
  );
}

function Versions({ keys }: { keys: ProjectKeys }) {
  const refused = keys.versions.filter(({ refusedAt }) => refusedAt !== null).length;
  return (
    <Group gap="xs">
      <span>
        <Plural value={keys.versions.length} one="# version" other="# versions" />
      </span>
      {refused > 0 ? (
        <Badge color="gray">
          <Plural value={refused} one="# refused" other="# refused" />
        </Badge>
      ) : null}
    </Group>
  );
}

type Work = 'rotate' | 'refuse' | 'reencryptions' | 'scrubs';

function ProjectPanel({ client, keys }: { client: string; keys: ProjectKeys }) {
  const { t } = useLingui();
  const format = useFormat();
  const queryClient = useQueryClient();
  const ofProject = keys.project !== CLIENT_ITSELF;
  const mayChange = holds(useSession(), client, 'requester') && ofProject;
  const newest = Math.max(...keys.versions.map(({ version }) => version));
  const work = useMutation<Keys | Job, Error, Work>({
    mutationFn: (kind) => {
      switch (kind) {
        case 'rotate':
          return api.post<Keys>(keysPath(client, 'projects', keys.project, 'rotate'));
        case 'refuse':
          return api.put<Keys>(keysPath(client, 'projects', keys.project), { minimumVersion: newest });
        case 'reencryptions':
        case 'scrubs':
          return api.post<Job>(projectPath(client, keys.project, kind));
      }
    },
    onSuccess: (result) => {
      if ('providers' in result) queryClient.setQueryData(keysQuery(client).queryKey, result);
    },
  });
  const job = work.data && !('providers' in work.data) ? work.data : null;
  const older = keys.versions.some(({ version, refusedAt }) => version < newest && refusedAt === null);
  const button = (kind: Work, words: string, enabled = true) => (
    <Button size="xs" variant="default" disabled={!enabled} loading={work.isPending && work.variables === kind} onClick={() => work.mutate(kind)} data-testid={`key-${kind}`}>
      {words}
    </Button>
  );
  return (
    <Stack gap="md" data-testid="project-key-panel">
      <DataTable
        testId="data-keys"
        caption={t`Data keys`}
        minWidth={420}
        items={keys.versions}
        keyOf={({ version }) => version}
        columns={[
          { name: t`Version`, cell: ({ version }) => version },
          { name: t`Wrapped by the client's key`, cell: ({ clientKey }) => t`version ${clientKey}` },
          { name: t`Made`, cell: ({ madeAt }) => format.dateTime(madeAt) },
          { name: t`State`, cell: ({ version, refusedAt }) => (refusedAt ? t`Refused` : version === newest ? t`Seals` : t`Opens`) },
        ]}
      />
      {mayChange ? (
        <Group gap="xs">
          {button('rotate', t`New data key`)}
          {button('reencryptions', t`Seal everything anew`, older)}
          {button('refuse', t`Refuse older keys`, older)}
          {button('scrubs', t`Read everything through`)}
        </Group>
      ) : null}
      <div aria-live="polite">
        {job ? (
          <Group gap="sm">
            <Text size="sm">
              <Trans>The job is queued.</Trans>
            </Text>
            <LinkButton size="xs" variant="subtle" to="/clients/$client/projects/$project/jobs" params={{ client, project: keys.project }} search={{ job: job.id }}>
              <Trans>Follow it</Trans>
            </LinkButton>
          </Group>
        ) : null}
      </div>
      <ProblemAlert error={work.error} />
      {ofProject ? <Broken client={client} project={keys.project} /> : null}
    </Stack>
  );
}

function Broken({ client, project }: { client: string; project: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const broken = useQuery(brokenQuery(client, project));
  return (
    <Section title={t`Found broken`} subtitle={t`What did not open when everything was last read through. Nothing broken is ever served.`}>
      <QueryView query={broken}>
        {(items) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>Nothing is listed as broken.</Trans>
            </Text>
          ) : (
            <DataTable
              testId="broken"
              minWidth={360}
              items={items}
              keyOf={({ name }) => name}
              columns={[
                { name: t`What`, cell: ({ name }) => <code style={{ overflowWrap: 'anywhere' }}>{name}</code> },
                { name: t`Asset`, cell: ({ asset }) => asset ?? '–' },
                { name: t`Found`, cell: ({ foundAt }) => format.dateTime(foundAt) },
              ]}
            />
          )
        }
      </QueryView>
    </Section>
  );
}
