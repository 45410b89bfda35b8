import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Drawer, Group, Modal, Stack } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { holds, useSession } from '@/api/session';
import type { Job } from '@/api/types';
import { IconDownload, IconUpload } from '@/design/icons';
import { projectPath } from '@/features/projects/queries';
import { useProjectParams } from '@/features/projects/useProjectParams';
import { EmptyState } from '@/shared/EmptyState';
import { Pager } from '@/shared/Pager';
import { QueryView } from '@/shared/QueryView';
import { usePages } from '@/shared/usePages';
import { ExportForm } from './ExportForm';
import { ImportForm } from './ImportForm';
import { JobDetail } from './JobDetail';
import { isOver } from './jobs';
import { JobTable } from './JobTable';
import { jobsKey, PROGRESS_MS } from './queries';

/** Imports and exports: what runs, what came of it, and how to begin one. The address names the one that is open. */
export function JobsTab() {
  const { t } = useLingui();
  const { client, project } = useProjectParams();
  const requester = holds(useSession(), client, 'requester');
  const { job } = useSearch({ from: '/signed-in/shell/clients/$client/projects/$project/jobs' });
  const navigate = useNavigate();
  const [starting, setStarting] = useState<'import' | 'export'>();
  const [moving, setMoving] = useState(false);
  const pages = usePages<Job>(jobsKey(client, project), projectPath(client, project, 'jobs'), { limit: 25, refetchInterval: moving ? PROGRESS_MS : 30_000 });
  const running = pages.query.data?.items.some((one) => !isOver(one)) ?? false;
  if (running !== moving) setMoving(running);
  const show = (id: string | undefined) =>
    void navigate({ to: '/clients/$client/projects/$project/jobs', params: { client, project }, search: id === undefined ? {} : { job: id } });
  const started = (made: Job) => {
    setStarting(undefined);
    void pages.query.refetch();
    show(made.id);
  };
  const buttons = requester ? (
    <Group gap="xs">
      <Button leftSection={<IconUpload size={16} />} onClick={() => setStarting('import')} data-testid="new-import">
        <Trans>Import tasks</Trans>
      </Button>
      <Button variant="default" leftSection={<IconDownload size={16} />} onClick={() => setStarting('export')} data-testid="new-export">
        <Trans>Export answers</Trans>
      </Button>
    </Group>
  ) : null;
  return (
    <Stack gap="md">
      <QueryView query={pages.query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t`No import or export yet`} action={buttons}>
              <Trans>Large files are taken in and written in the background; every row is accounted for.</Trans>
            </EmptyState>
          ) : (
            <>
              {buttons}
              <JobTable items={items} onShow={show} />
            </>
          )
        }
      </QueryView>
      <Pager pages={pages} />
      <Modal opened={starting === 'import'} onClose={() => setStarting(undefined)} title={t`Import tasks`} size="lg" closeButtonProps={{ 'aria-label': t`Close` }}>
        <ImportForm client={client} project={project} onStarted={started} />
      </Modal>
      <Modal opened={starting === 'export'} onClose={() => setStarting(undefined)} title={t`Export answers`} closeButtonProps={{ 'aria-label': t`Close` }}>
        <ExportForm client={client} project={project} onStarted={started} />
      </Modal>
      <Drawer opened={job !== undefined} onClose={() => show(undefined)} position="right" size="lg" title={t`Job`} closeButtonProps={{ 'aria-label': t`Close` }}>
        {job === undefined ? null : <JobDetail key={job} client={client} project={project} id={job} mayAct={requester} />}
      </Drawer>
    </Stack>
  );
}
