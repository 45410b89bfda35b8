import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { HandOver } from '@/api/types';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { handOversQuery } from './queries';
import { useFigures } from './useFigures';
import classes from './vendors.module.css';

/** What a vendor left behind whenever it was drained. */
export function HandOversSection({ client, vendor }: { client: string; vendor: string }) {
  const { t } = useLingui();
  const reports = useQuery(handOversQuery(client, vendor));
  return (
    <Section title={t`Hand-over reports`} testId="hand-overs">
      <QueryView query={reports}>
        {(items) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>None: it has never been drained.</Trans>
            </Text>
          ) : (
            items.map((report) => <Report key={`${report.drain} ${report.workforce}`} report={report} />)
          )
        }
      </QueryView>
    </Section>
  );
}

function Report({ report }: { report: HandOver }) {
  const { t } = useLingui();
  const format = useFormat();
  const figures = useFigures();
  const unassigned = report.projects.reduce((sum, line) => sum + line.unassigned, 0);
  const due = report.costs && Object.keys(report.costs).length > 0 ? figures.moneys(report.costs) : report.currency ? figures.money(report.cost, report.currency) : undefined;
  return (
    <article className={classes['report']} aria-label={report.workforceName} data-testid="hand-over">
      <Group justify="space-between" align="baseline" mb={4}>
        <Text size="sm" fw={600}>
          {report.workforceName}
        </Text>
        <Text size="sm" c="dimmed">
          {format.dateTime(report.orderedAt)}
        </Text>
      </Group>
      <Text size="sm">{report.reason}</Text>
      <Text size="sm" c="dimmed" mb="xs">
        <Plural value={report.people.length} one="# person" other="# people" />
        {report.people.length > 0 ? ` · ${report.people.map(personText).join(', ')}` : null}
      </Text>
      {report.projects.length > 0 ? (
        <Table.ScrollContainer minWidth={720}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t`Project`}</Table.Th>
                <Table.Th ta="end">{t`Leases ended`}</Table.Th>
                <Table.Th ta="end">{t`Answers that stay`}</Table.Th>
                <Table.Th ta="end">{t`Returned, now with others`}</Table.Th>
                <Table.Th ta="end">{t`Returned, nobody left`}</Table.Th>
                <Table.Th ta="end">{t`Still waiting`}</Table.Th>
                <Table.Th ta="end">{t`Annotators left`}</Table.Th>
                <Table.Th ta="end">{t`Due`}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {report.projects.map((line) => (
                <Table.Tr key={line.project}>
                  <Table.Td fw={550}>{line.name}</Table.Td>
                  <Table.Td ta="end">{format.number(line.leasesEnded)}</Table.Td>
                  <Table.Td ta="end">{format.number(line.answers)}</Table.Td>
                  <Table.Td ta="end">{format.number(line.returnedMoved)}</Table.Td>
                  <Table.Td ta="end">{format.number(line.returnedKept)}</Table.Td>
                  <Table.Td ta="end">{format.number(line.waiting)}</Table.Td>
                  <Table.Td ta="end">{format.number(line.annotatorsLeft)}</Table.Td>
                  <Table.Td ta="end">{line.costs && Object.keys(line.costs).length > 0 ? figures.moneys(line.costs) : line.currency ? figures.money(line.cost, line.currency) : t`no price`}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : null}
      <Stack gap={2} mt="xs">
        {unassigned > 0 ? (
          <Text size="sm" c="dimmed">
            <Plural value={unassigned} one="# task was theirs alone and is everybody's now." other="# tasks were theirs alone and are everybody's now." />
          </Text>
        ) : null}
        {due ? (
          <Text size="sm">
            <Trans>Due in all: {due}</Trans>
          </Text>
        ) : null}
      </Stack>
    </article>
  );
}

function personText({ name, qualifications }: HandOver['people'][number]): string {
  return qualifications.length > 0 ? `${name} (${qualifications.join(', ')})` : name;
}
