import { useLingui } from '@lingui/react/macro';
import { SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { ImportLine, Job } from '@/api/types';
import { projectPath } from '@/features/projects/queries';
import { Pager } from '@/shared/Pager';
import { QueryView } from '@/shared/QueryView';
import { useFormat } from '@/shared/useFormat';
import { usePages } from '@/shared/usePages';
import { isOver } from './jobs';
import { jobsKey, PROGRESS_MS } from './queries';

/** The lines of an import that became no task, each with its reason. */
export function ReportLines({ client, project, job }: { client: string; project: string; job: Job }) {
  const { t } = useLingui();
  const format = useFormat();
  const [outcome, setOutcome] = useState('all');
  const names: Record<string, string> = { rejected: t`rejected`, duplicate: t`duplicate` };
  const pages = usePages<ImportLine>([...jobsKey(client, project), job.id, 'lines'], projectPath(client, project, 'imports', job.id, 'lines'), {
    filter: { outcome: outcome === 'all' ? undefined : outcome },
    refetchInterval: isOver(job) ? false : PROGRESS_MS,
  });
  const none = (job.report?.rejected ?? 0) + (job.report?.duplicate ?? 0) === 0;
  if (none) return null;
  return (
    <Stack gap="xs" data-testid="import-lines">
      <SegmentedControl
        size="xs"
        aria-label={t`Outcome`}
        value={outcome}
        onChange={setOutcome}
        style={{ alignSelf: 'flex-start' }}
        data={[{ value: 'all', label: t`all` }, ...Object.entries(names).map(([value, label]) => ({ value, label }))]}
      />
      <QueryView query={pages.query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">{t`No such line.`}</Text>
          ) : (
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th ta="end" w={80}>{t`Line`}</Table.Th>
                  <Table.Th w={110}>{t`Outcome`}</Table.Th>
                  <Table.Th>{t`Reason`}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((line) => (
                  <Table.Tr key={line.line}>
                    <Table.Td ta="end">{format.number(line.line)}</Table.Td>
                    <Table.Td>{names[line.outcome] ?? line.outcome}</Table.Td>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>{line.reason}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </QueryView>
      <Pager pages={pages} />
    </Stack>
  );
}
