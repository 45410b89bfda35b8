import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Select, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Vendor, VendorStop } from '@/api/types';
import { ShareBar } from '@/features/quality/plots';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { stopQuery } from './queries';
import { useFigures } from './useFigures';

/** What would follow if one of the vendors stopped tomorrow. */
export function ReadinessSection({ client, vendors }: { client: string; vendors: readonly Vendor[] }) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<string | null>(null);
  const vendor = chosen ?? vendors[0]?.id ?? '';
  return (
    <Section
      title={t`Exit readiness`}
      testId="readiness"
      subtitle={t`What would follow if one of them stopped tomorrow. Nothing is changed by asking.`}
      actions={
        <Select
          aria-label={t`Who stops`}
          allowDeselect={false}
          data={vendors.map(({ id, name }) => ({ value: id, label: name }))}
          value={vendor}
          onChange={setChosen}
          data-testid="who-stops"
        />
      }
    >
      <StopView client={client} vendor={vendor} />
    </Section>
  );
}

export function StopView({ client, vendor }: { client: string; vendor: string }) {
  const stop = useQuery(stopQuery(client, vendor));
  return <QueryView query={stop}>{(told) => <Told told={told} />}</QueryView>;
}

function Told({ told }: { told: VendorStop }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <Stack gap="sm">
      <Group gap="sm" wrap="nowrap" maw={460}>
        <Text size="sm" style={{ whiteSpace: 'nowrap' }} data-testid="kept-pace">
          <Trans>
            <b>{format.percent(told.readiness, 0)}</b> of the pace is kept
          </Trans>
        </Text>
        <ShareBar share={told.readiness} />
      </Group>
      {told.projects.length === 0 ? (
        <Text size="sm" c="dimmed">
          <Trans>No project draws on it.</Trans>
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={760}>
          <Table data-testid="stop-projects">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t`Project`}</Table.Th>
                <Table.Th ta="end">{t`Answers waiting`}</Table.Th>
                <Table.Th ta="end">{t`Days now`}</Table.Th>
                <Table.Th ta="end">{t`Days without it`}</Table.Th>
                <Table.Th ta="end">{t`Others who are qualified`}</Table.Th>
                <Table.Th ta="end">{t`People short`}</Table.Th>
                <Table.Th ta="end">{t`Cost difference`}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {told.projects.map((line) => (
                <StopRow key={line.project} line={line} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}

function StopRow({ line }: { line: VendorStop['projects'][number] }) {
  const { t } = useLingui();
  const format = useFormat();
  const figures = useFigures();
  const after = line.daysAfter === undefined && line.waiting > 0 ? t`never` : figures.days(line.daysAfter);
  return (
    <Table.Tr>
      <Table.Td fw={550}>{line.name}</Table.Td>
      <Table.Td ta="end">{format.number(line.waiting)}</Table.Td>
      <Table.Td ta="end">{figures.days(line.daysNow)}</Table.Td>
      <Table.Td ta="end">{after}</Table.Td>
      <Table.Td ta="end">{format.number(line.qualifiedOthers)}</Table.Td>
      <Table.Td ta="end" {...(line.peopleShort > 0 ? { fw: 600, c: 'var(--etalon-bad)' } : {})}>
        {format.number(line.peopleShort)}
      </Table.Td>
      <Table.Td ta="end">{line.currencies.length > 1 ? t`not comparable: ${line.currencies.join(', ')}` : figures.moneyDifference(line.costDifference, line.currency)}</Table.Td>
    </Table.Tr>
  );
}
