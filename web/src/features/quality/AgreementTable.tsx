import { Trans, useLingui } from '@lingui/react/macro';
import { Table, Text } from '@mantine/core';
import type { Estimate } from '@/api/types';
import { Axis, Interval, useEstimateText } from './plots';
import { scaleFor } from './scale';

interface Row {
  id: string;
  name: string;
  /** Null where the data cannot carry the measure, such as agreement with nobody. */
  estimate: Estimate | null | undefined;
}

/** Measures of agreement with their intervals, on one axis. */
export function AgreementTable({ rows }: { rows: readonly Row[] }) {
  const { t } = useLingui();
  const text = useEstimateText();
  const present = rows.filter((row): row is Row & { estimate: Estimate } => row.estimate !== undefined && row.estimate !== null);
  if (present.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        <Trans>Not defined yet: agreement needs tasks that several people have answered.</Trans>
      </Text>
    );
  }
  const scale = scaleFor(present.map((row) => row.estimate));
  return (
    <Table withRowBorders={false} data-testid="agreement">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t`Measure`}</Table.Th>
          <Table.Th>{t`Value`}</Table.Th>
          <Table.Th w="42%">
            <Axis scale={scale} />
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {present.map((row) => (
          <Table.Tr key={row.id} data-testid={`agreement-${row.id}`}>
            <Table.Td style={{ textWrap: 'balance' }}>{row.name}</Table.Td>
            <Table.Td style={{ whiteSpace: 'nowrap' }}>{text(row.estimate)}</Table.Td>
            <Table.Td py={2}>
              <Interval estimate={row.estimate} scale={scale} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
