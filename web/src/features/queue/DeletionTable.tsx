import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Table } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Deletion } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useFormat } from '@/shared/useFormat';
import { Fate } from './Fate';

/** What was deleted of a project, and the way back. */
export function DeletionTable({ client, project, items, mayUndo }: { client: string; project: string; items: readonly Deletion[]; mayUndo: boolean }) {
  const { t } = useLingui();
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Deleted`}</Table.Th>
            <Table.Th ta="end">{t`Assets`}</Table.Th>
            <Table.Th ta="end">{t`Tasks`}</Table.Th>
            <Table.Th ta="end">{t`Answers`}</Table.Th>
            <Table.Th>{t`What became of it`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((one) => (
            <DeletionRow key={one.id} client={client} project={project} deletion={one} mayUndo={mayUndo} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function DeletionRow({ client, project, deletion, mayUndo }: { client: string; project: string; deletion: Deletion; mayUndo: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  const queryClient = useQueryClient();
  const undo = useMutation({
    mutationFn: () => api.post<Deletion>(projectPath(client, project, 'deletions', String(deletion.id), 'undo'), {}),
    onSuccess: ({ scope, assets, tasks }) => {
      notify(
        scope === 'assets'
          ? t`${plural(assets, { one: 'Brought back # asset', other: 'Brought back # assets' })}`
          : t`${plural(tasks, { one: 'Brought back # task', other: 'Brought back # tasks' })}`,
      );
      void queryClient.invalidateQueries({ queryKey: projectKey(client, project) });
    },
  });
  return (
    <Table.Tr data-testid={`deletion-${deletion.id}`}>
      <Table.Td>{format.dateTime(deletion.at)}</Table.Td>
      <Table.Td ta="end">{format.number(deletion.assets)}</Table.Td>
      <Table.Td ta="end">{format.number(deletion.tasks)}</Table.Td>
      <Table.Td ta="end">{format.number(deletion.answers)}</Table.Td>
      <Table.Td>
        <Fate deletion={deletion} undo={mayUndo ? undo : undefined} />
        <ProblemAlert error={undo.error} />
      </Table.Td>
    </Table.Tr>
  );
}
