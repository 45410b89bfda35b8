import { useLingui } from '@lingui/react/macro';
import { Drawer, SegmentedControl, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { TaskState, TaskSummary } from '@/api/types';
import { EmptyState } from '@/shared/EmptyState';
import { Pager } from '@/shared/Pager';
import { QueryView } from '@/shared/QueryView';
import { usePages } from '@/shared/usePages';
import { projectKey, projectPath } from './queries';
import { TaskDrawer } from './task/TaskDrawer';
import { TaskStateBadge, useTaskStateNames } from './TaskStateBadge';
import { useProjectParams } from './useProjectParams';

const states: readonly TaskState[] = ['open', 'in_review', 'returned', 'escalated', 'done', 'cancelled'];

export function TasksTab() {
  const { t } = useLingui();
  const { client, project } = useProjectParams();
  const names = useTaskStateNames();
  const [state, setState] = useState('all');
  // The address names the task that is open.
  const { task: shown } = useSearch({ from: '/signed-in/shell/clients/$client/projects/$project/tasks' });
  const navigate = useNavigate();
  const show = (task: number | undefined) =>
    void navigate({ to: '/clients/$client/projects/$project/tasks', params: { client, project }, search: task === undefined ? {} : { task } });
  const pages = usePages<TaskSummary>([...projectKey(client, project), 'tasks'], projectPath(client, project, 'tasks'), {
    filter: { state: state === 'all' ? undefined : state },
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
      <QueryView query={pages.query}>
        {({ items }) => (items.length === 0 ? <EmptyState title={t`No tasks here`} /> : <TaskTable items={items} onShow={({ id }) => show(id)} />)}
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

function TaskTable({ items, onShow }: { items: TaskSummary[]; onShow: (task: TaskSummary) => void }) {
  const { t } = useLingui();
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table highlightOnHover data-testid="tasks">
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="end" w={90}>{t`No.`}</Table.Th>
            <Table.Th>{t`Asset`}</Table.Th>
            <Table.Th>{t`State`}</Table.Th>
            <Table.Th ta="end">{t`Answers`}</Table.Th>
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
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
