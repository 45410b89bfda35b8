import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Table, Text, UnstyledButton } from '@mantine/core';
import type { Job } from '@/api/types';
import { useFormat } from '@/shared/useFormat';
import { JobProgress } from './JobProgress';
import { JobState } from './JobState';
import { useJobKinds } from './useJobWords';

export function JobTable({ items, onShow }: { items: readonly Job[]; onShow: (job: string) => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const kinds = useJobKinds();
  return (
    <Table.ScrollContainer minWidth={600}>
      <Table highlightOnHover data-testid="jobs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Job`}</Table.Th>
            <Table.Th>{t`State`}</Table.Th>
            <Table.Th>{t`Progress`}</Table.Th>
            <Table.Th>{t`Outcome`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((job) => (
            <Table.Tr key={job.id} data-testid="job-row">
              <Table.Td>
                <UnstyledButton fz="sm" fw={550} c="var(--mantine-color-anchor)" onClick={() => onShow(job.id)}>
                  {kinds[job.kind]}
                </UnstyledButton>
                <Text size="xs" c="dimmed">
                  {format.dateTime(job.createdAt)}
                </Text>
              </Table.Td>
              <Table.Td>
                <JobState job={job} />
              </Table.Td>
              <Table.Td w={200}>
                <JobProgress job={job} />
              </Table.Td>
              <Table.Td>
                <Outcome job={job} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Outcome({ job: { report, kind } }: { job: Job }) {
  const format = useFormat();
  if (!report) return null;
  const accepted = format.number(report.accepted ?? 0);
  const refused = (report.rejected ?? 0) + (report.duplicate ?? 0);
  return (
    <Text size="sm" component="span">
      {kind === 'export' ? (
        <Plural value={report.rows ?? 0} one="# row" other="# rows" />
      ) : (
        <>
          <Trans>{accepted} accepted</Trans>
          {refused > 0 ? (
            <>
              , <Plural value={refused} one="# not" other="# not" />
            </>
          ) : null}
        </>
      )}
    </Text>
  );
}
