import { plural } from '@lingui/core/macro';
import { Plural, useLingui } from '@lingui/react/macro';
import { Table, Text } from '@mantine/core';
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
    onSuccess: ({ scope, assets, tasks, answersLeft = 0 }) => {
      const answers = (deletion.answersLeft ?? 0) - answersLeft;
      const told = {
        assets: t`${plural(assets, { one: 'Brought back # asset', other: 'Brought back # assets' })}`,
        answers: t`${plural(answers, { one: 'Brought back # answer', other: 'Brought back # answers' })}`,
        tasks: t`${plural(tasks, { one: 'Brought back # task', other: 'Brought back # tasks' })}`,
      };
      notify(scope === 'assets' || scope === 'answers' ? told[scope] : told.tasks);
      void queryClient.invalidateQueries({ queryKey: projectKey(client, project) });
    },
  });
  const left = deletion.answersLeft ?? 0;
  const partly = left > 0 && left < deletion.answers && deletion.purgedAt === undefined;
  return (
    <Table.Tr data-testid={`deletion-${deletion.id}`}>
      <Table.Td>{format.dateTime(deletion.at)}</Table.Td>
      <Table.Td ta="end">{format.number(deletion.assets)}</Table.Td>
      <Table.Td ta="end">{format.number(deletion.tasks)}</Table.Td>
      <Table.Td ta="end">{format.number(deletion.answers)}</Table.Td>
      <Table.Td>
        <Fate deletion={deletion} undo={mayUndo ? undo : undefined} />
        {partly ? (
          <Text size="xs" c="dimmed">
            <Plural value={left} one="# answer is deleted still: somebody else has its place" other="# answers are deleted still: others have their places" />
          </Text>
        ) : null}
        <ProblemAlert error={undo.error} />
      </Table.Td>
    </Table.Tr>
  );
}
