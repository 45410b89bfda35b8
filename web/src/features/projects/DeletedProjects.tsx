import { useLingui } from '@lingui/react/macro';
import { Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { ProjectDeletion } from '@/api/types';
import { Fate } from '@/features/queue/Fate';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { projectDeletionsQuery } from './queries';

/** The projects that were deleted, and the way back; nothing when there are none. */
export function DeletedProjects({ client }: { client: string }) {
  const { t } = useLingui();
  const deletions = useQuery(projectDeletionsQuery(client));
  if (deletions.data === undefined || deletions.data.length === 0) return null;
  return (
    <Section title={t`Deleted projects`} testId="deleted-projects">
      <Table.ScrollContainer minWidth={620}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t`Project`}</Table.Th>
              <Table.Th>{t`Deleted`}</Table.Th>
              <Table.Th ta="end">{t`Assets`}</Table.Th>
              <Table.Th ta="end">{t`Answers`}</Table.Th>
              <Table.Th>{t`What became of it`}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {deletions.data.map((one) => (
              <Row key={one.id} client={client} deletion={one} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

function Row({ client, deletion }: { client: string; deletion: ProjectDeletion }) {
  const { t } = useLingui();
  const format = useFormat();
  const queryClient = useQueryClient();
  const { name, codeName } = deletion;
  const undo = useMutation({
    mutationFn: () => api.post<ProjectDeletion>(path('clients', client, 'project-deletions', String(deletion.id), 'undo'), {}),
    onSuccess: () => {
      notify(t`${name ?? codeName} is back`);
      void queryClient.invalidateQueries({ queryKey: ['clients', client] });
    },
  });
  return (
    <Table.Tr data-testid={`deleted-project-${codeName}`}>
      <Table.Td>
        {name ?? null}
        <Text size="xs" c="dimmed">
          {codeName}
        </Text>
      </Table.Td>
      <Table.Td>{format.dateTime(deletion.at)}</Table.Td>
      <Table.Td ta="end">{format.number(deletion.assets)}</Table.Td>
      <Table.Td ta="end">{format.number(deletion.answers)}</Table.Td>
      <Table.Td>
        <Fate deletion={deletion} undo={undo} />
        <ProblemAlert error={undo.error} />
      </Table.Td>
    </Table.Tr>
  );
}
