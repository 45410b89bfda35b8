import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { api } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { Project, Role } from '@/api/types';
import { IconPause, IconPlay } from '@/design/icons';
import { LinkAnchor } from '@/shared/links';
import { Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import classes from './projects.module.css';
import { projectPath, projectQuery, projectsQuery } from './queries';
import { useTemplateNames } from './TemplateChoice';
import { useLiveProject } from './useLiveProject';
import { useProjectParams } from './useProjectParams';

/** A project's head and tabs; the tab's page below. */
export function ProjectLayout() {
  const { client, project } = useProjectParams();
  const live = useLiveProject(client, project);
  const query = useQuery({ ...projectQuery(client, project), refetchInterval: live ? false : 15_000 });
  return <QueryView query={query} skeleton={<Page title="…">{null}</Page>}>{(data) => <ProjectPage client={client} project={data} />}</QueryView>;
}

function ProjectPage({ client, project }: { client: string; project: Project }) {
  const { t } = useLingui();
  const templateNames = useTemplateNames();
  const requester = holds(useSession(), client, 'requester');
  const pause = usePause(client, project);
  const paused = project.state === 'paused';
  return (
    <Page
      title={project.name}
      crumb={
        <LinkAnchor to="/clients/$client/projects" params={{ client }}>
          <Trans>Projects</Trans>
        </LinkAnchor>
      }
      subtitle={
        <Group gap="sm">
          <span>{templateNames[project.template]}</span>
          <Text span size="sm">
            {t`Code name: ${project.codeName}`}
          </Text>
          {paused ? <Badge color="brass" data-testid="project-paused">{t`paused`}</Badge> : null}
        </Group>
      }
      actions={
        requester ? (
          <Button
            variant="default"
            leftSection={paused ? <IconPlay size={16} /> : <IconPause size={16} />}
            loading={pause.isPending}
            onClick={() => pause.mutate(paused ? 'active' : 'paused')}
            data-testid="pause"
          >
            {paused ? <Trans>Resume</Trans> : <Trans>Pause</Trans>}
          </Button>
        ) : null
      }
    >
      <ProblemAlert error={pause.error} />
      <div>
        <Tabs client={client} project={project.id} />
        <Outlet />
      </div>
    </Page>
  );
}

function usePause(client: string, project: Project) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (state: Project['state']) => api.patch<Project>(projectPath(client, project.id), { state }),
    onSuccess: (updated) => {
      queryClient.setQueryData(projectQuery(client, project.id).queryKey, updated);
      void queryClient.invalidateQueries({ queryKey: projectsQuery(client).queryKey, exact: true });
    },
  });
}

function Tabs({ client, project }: { client: string; project: string }) {
  const { t } = useLingui();
  const session = useSession();
  const may = (...roles: Role[]) => holds(session, client, ...roles);
  // Thirteen names stand in one row from 1280 pixels on, in each language: they are short ones.
  const tabs = [
    { to: '/clients/$client/projects/$project', id: 'overview', name: t({ message: 'Overview', context: 'tab' }), shown: true },
    { to: '/clients/$client/projects/$project/assets', id: 'assets', name: t`Assets`, shown: may('requester', 'quality_lead', 'reviewer') },
    { to: '/clients/$client/projects/$project/tasks', id: 'tasks', name: t`Tasks`, shown: may('requester', 'quality_lead', 'reviewer') },
    { to: '/clients/$client/projects/$project/queue', id: 'queue', name: t`Queue`, shown: may('requester', 'quality_lead', 'workforce_manager', 'auditor') },
    { to: '/clients/$client/projects/$project/review', id: 'review', name: t`Review`, shown: may('requester', 'quality_lead', 'reviewer') },
    { to: '/clients/$client/projects/$project/ontology', id: 'ontology', name: t({ message: 'Labels', context: 'tab' }), shown: true },
    { to: '/clients/$client/projects/$project/guidelines', id: 'guidelines', name: t`Guidelines`, shown: true },
    { to: '/clients/$client/projects/$project/quality', id: 'quality', name: t`Quality`, shown: may('requester', 'quality_lead', 'reviewer') },
    { to: '/clients/$client/projects/$project/vendors', id: 'vendors', name: t`Vendors`, shown: may('requester', 'quality_lead', 'auditor', 'workforce_manager') },
    { to: '/clients/$client/projects/$project/routing', id: 'routing', name: t({ message: 'Routing', context: 'tab' }), shown: may('requester', 'quality_lead', 'auditor') },
    { to: '/clients/$client/projects/$project/jobs', id: 'jobs', name: t`Jobs`, shown: may('requester', 'quality_lead', 'auditor') },
    { to: '/clients/$client/projects/$project/releases', id: 'releases', name: t`Releases`, shown: may('requester', 'auditor') },
    { to: '/clients/$client/projects/$project/audit', id: 'audit', name: t({ message: 'Log', context: 'tab' }), shown: may('requester', 'auditor') },
  ] as const;
  return (
    <nav className={classes['tabs']} aria-label={t`Parts of the project`}>
      {tabs.map((tab) =>
        tab.shown ? (
          <Link key={tab.id} to={tab.to} params={{ client, project }} className={classes['tab']} activeOptions={{ exact: true, includeSearch: false }} data-testid={`tab-${tab.id}`}>
            {tab.name}
          </Link>
        ) : null,
      )}
    </nav>
  );
}
