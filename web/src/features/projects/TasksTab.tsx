import { useLingui } from '@lingui/react/macro';
import { Drawer, Group, SegmentedControl, Select, Stack, Table, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { holds, useSession } from '@/api/session';
import type { TaskState, TaskSummary } from '@/api/types';
import { batchesQuery } from '@/features/queue/queries';
import { EmptyState } from '@/shared/EmptyState';
import { Pager } from '@/shared/Pager';
import { QueryView } from '@/shared/QueryView';
import { usePages } from '@/shared/usePages';
import { projectKey, projectPath } from './queries';
import { TaskDrawer } from './task/TaskDrawer';
import { usePersonName } from './task/TaskStanding';
import { TaskStateBadge, useTaskStateNames } from './TaskStateBadge';
import { useProjectParams } from './useProjectParams';

const states: readonly TaskState[] = ['open', 'in_review', 'returned', 'escalated', 'done', 'cancelled'];

export function TasksTab() {
  const { t } = useLingui();
  const { client, project } = useProjectParams();
  const names = useTaskStateNames();
  const [state, setState] = useState('all');
  const [assetName, setAssetName] = useState('');
  const [wantedName] = useDebouncedValue(assetName.trim(), 300);
  const [batch, setBatch] = useState<string | null>(null);
  const session = useSession();
  const batches = useQuery({ ...batchesQuery(client, project), enabled: holds(session, client, 'requester', 'quality_lead') }).data ?? [];
  // The address names the task that is open.
  const { task: shown } = useSearch({ from: '/signed-in/shell/clients/$client/projects/$project/tasks' });
  const navigate = useNavigate();
  const show = (task: number | undefined) =>
    void navigate({ to: '/clients/$client/projects/$project/tasks', params: { client, project }, search: task === undefined ? {} : { task } });
  const pages = usePages<TaskSummary>([...projectKey(client, project), 'tasks'], projectPath(client, project, 'tasks'), {
    filter: { state: state === 'all' ? undefined : state, assetName: wantedName || undefined, batch: batch ?? undefined },
    refetchInterval: 20_000,
  });
  return (
    <Stack gap="md">
      <div style={{ overflowX: 'auto' }}>
        <SegmentedControl
          aria-label={t`State`}
          data-testid="task-filter"
          value={state}
          onChange={setState}
          data={[{ value: 'all', label: t`all` }, ...states.map((value) => ({ value, label: names[value] }))]}
        />
      </div>
      <Group gap="sm">
        <TextInput type="search" aria-label={t`Asset's name begins with`} placeholder={t`Asset's name begins with`} w={280} value={assetName} onChange={(event) => setAssetName(event.currentTarget.value)} data-testid="task-name" />
        {batches.length > 0 ? (
          <Select
            aria-label={t`Batch`}
            placeholder={t`Any batch`}
            clearable
            clearButtonProps={{ 'aria-label': t`Clear` }}
            data={[{ value: '0', label: t`in no batch` }, ...batches.map((one) => ({ value: String(one.number), label: one.name }))]}
            value={batch}
            onChange={setBatch}
          />
        ) : null}
      </Group>
      <QueryView query={pages.query}>
        {({ items }) => (items.length === 0 ? <EmptyState title={t`No tasks here`} /> : <TaskTable client={client} items={items} onShow={({ id }) => show(id)} />)}
      </QueryView>
      <Pager pages={pages} />
      <Drawer
        opened={shown !== undefined}
        onClose={() => show(undefined)}
        position="right"
        size="lg"
        title={shown === undefined ? '' : (pages.query.data?.items.find(({ id }) => id === shown)?.asset.name ?? t`Task ${shown}`)}
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        {shown === undefined ? null : <TaskDrawer key={shown} client={client} project={project} task={shown} />}
      </Drawer>
    </Stack>
  );
}

function TaskTable({ client, items, onShow }: { client: string; items: TaskSummary[]; onShow: (task: TaskSummary) => void }) {
  const { t } = useLingui();
  const name = usePersonName(client, holds(useSession(), client, 'requester'));
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table highlightOnHover data-testid="tasks">
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="end" w={90}>{t`No.`}</Table.Th>
            <Table.Th>{t`Asset`}</Table.Th>
            <Table.Th>{t`State`}</Table.Th>
            <Table.Th ta="end">{t`Answers`}</Table.Th>
            <Table.Th ta="end">{t`Priority`}</Table.Th>
            <Table.Th>{t`Only for`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((task) => (
            <Table.Tr key={task.id}>
              <Table.Td ta="end" c="dimmed">
                {task.id}
              </Table.Td>
              <Table.Td>
                <UnstyledButton onClick={() => onShow(task)} fz="sm" fw={550} c="var(--mantine-color-anchor)" style={{ overflowWrap: 'anywhere' }}>
                  {task.asset.name}
                </UnstyledButton>
              </Table.Td>
              <Table.Td>
                <TaskStateBadge state={task.state} />
              </Table.Td>
              <Table.Td ta="end">
                {task.submissions}{' '}
                <Text span size="sm" c="dimmed">
                  / {task.needed}
                </Text>
              </Table.Td>
              <Table.Td ta="end">{task.priority}</Table.Td>
              <Table.Td>{task.assignees.map(name).join(', ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
