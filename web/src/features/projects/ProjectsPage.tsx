import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Group, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { clientsOf, holds, useSession } from '@/api/session';
import type { Project } from '@/api/types';
import { IconPlus } from '@/design/icons';
import { EmptyState } from '@/shared/EmptyState';
import { LinkAnchor, LinkButton } from '@/shared/links';
import { Page } from '@/shared/Page';
import { QueryView } from '@/shared/QueryView';
import { useFormat } from '@/shared/useFormat';
import { DeletedProjects } from './DeletedProjects';
import { share } from './progress';
import { ProgressBar } from './ProgressBar';
import { projectsQuery } from './queries';
import { useTemplateNames } from './TemplateChoice';

export function ProjectsPage() {
  const { t } = useLingui();
  const { client } = useParams({ from: '/signed-in/shell/clients/$client/projects' });
  const session = useSession();
  const mayCreate = holds(session, client, 'requester');
  const projects = useQuery({ ...projectsQuery(client), refetchInterval: 30_000 });
  const newButton = mayCreate ? (
    <LinkButton to="/clients/$client/projects/new" params={{ client }} leftSection={<IconPlus size={16} />} data-testid="new-project">
      <Trans>New project</Trans>
    </LinkButton>
  ) : null;
  return (
    <Page title={t`Projects`} crumb={clientsOf(session).find((c) => c.slug === client)?.name ?? client} actions={newButton}>
      <QueryView query={projects}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t`No project yet`} action={newButton}>
              <Trans>A project holds the assets, the questions asked about them, and everyone's answers.</Trans>
            </EmptyState>
          ) : (
            <ProjectTable client={client} items={items} />
          )
        }
      </QueryView>
      {mayCreate ? <DeletedProjects client={client} /> : null}
    </Page>
  );
}

function ProjectTable({ client, items }: { client: string; items: Project[] }) {
  const { t } = useLingui();
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table highlightOnHover verticalSpacing={11} data-testid="projects">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Project`}</Table.Th>
            <Table.Th>{t`Kind`}</Table.Th>
            <Table.Th ta="end">{t`Assets`}</Table.Th>
            <Table.Th ta="end">{t`Answers`}</Table.Th>
            <Table.Th w="30%">{t`Tasks done`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((project) => (
            <ProjectRow key={project.id} client={client} project={project} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function ProjectRow({ client, project }: { client: string; project: Project }) {
  const { t } = useLingui();
  const format = useFormat();
  const templateNames = useTemplateNames();
  const { progress } = project;
  return (
    <Table.Tr data-testid={`project-${project.codeName}`}>
      <Table.Td>
        <Group gap="xs">
          <LinkAnchor to="/clients/$client/projects/$project" params={{ client, project: project.id }} fw={600}>
            {project.name}
          </LinkAnchor>
          {project.state === 'paused' ? <Badge color="brass">{t`paused`}</Badge> : null}
        </Group>
        <Text size="xs" c="dimmed">
          {project.codeName}
        </Text>
      </Table.Td>
      <Table.Td>{templateNames[project.template]}</Table.Td>
      <Table.Td ta="end">{format.number(progress.assets)}</Table.Td>
      <Table.Td ta="end">
        {format.number(progress.submissions)}{' '}
        <Text span size="sm" c="dimmed">
          / {format.number(progress.submissionsNeeded)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          <div style={{ flex: 1 }}>
            <ProgressBar progress={progress} />
          </div>
          <Text size="sm" w={48} ta="end" className="tabular">
            {format.percent(share(progress), 0)}
          </Text>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
