import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { VendorConcentration, VendorShares } from '@/api/types';
import { projectsQuery } from '@/features/projects/queries';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { concentrationQuery } from './queries';
import { colourOf, Legend, StackedShares } from './shares';

/** How the answers, and the qualified people, are spread over vendors. */
export function ConcentrationSection({ client }: { client: string }) {
  const { t } = useLingui();
  const concentration = useQuery(concentrationQuery(client));
  return (
    <Section
      title={t`Concentration`}
      testId="concentration"
      subtitle={t`The Herfindahl-Hirschman index is 1 when all hangs on one; the effective number is how many vendors of equal size would have the same index.`}
    >
      <QueryView query={concentration}>{(data) => <Shares client={client} data={data} />}</QueryView>
    </Section>
  );
}

interface Line {
  id: string;
  name: string;
  group: string;
  shares: VendorShares;
}

function Shares({ client, data }: { client: string; data: VendorConcentration }) {
  const { t } = useLingui();
  const projects = useQuery(projectsQuery(client)).data ?? [];
  const lines: Line[] = [
    { id: 'client', name: t`All answers`, group: t`Client`, shares: data.client },
    ...Object.entries(data.projects).map(([id, shares]) => ({ id, name: projects.find((one) => one.id === id)?.name ?? id, group: t`Project`, shares })),
    ...Object.entries(data.skills).map(([skill, shares]) => ({ id: `skill ${skill}`, name: skill, group: t`Qualified people`, shares })),
  ].filter(({ shares }) => Object.keys(shares.shares).length > 0);
  const vendors = Object.keys(data.names);
  if (lines.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        <Trans>Nothing has been answered yet.</Trans>
      </Text>
    );
  }
  return (
    <>
      <Group mb="sm">
        <Legend entries={vendors.map((id) => ({ id, name: data.names[id] ?? id, colour: colourOf(vendors, id) }))} />
      </Group>
      <Table.ScrollContainer minWidth={680}>
        <Table data-testid="concentration-table">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t`Of`}</Table.Th>
              <Table.Th w="46%">{t`Shares`}</Table.Th>
              <Table.Th ta="end">{t`Index`}</Table.Th>
              <Table.Th ta="end">{t`Effective number`}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line) => (
              <ShareRow key={line.id} line={line} vendors={vendors} names={data.names} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}

function ShareRow({ line, vendors, names }: { line: Line; vendors: readonly string[]; names: Readonly<Record<string, string>> }) {
  const format = useFormat();
  const { shares, index, effective } = line.shares;
  const held = vendors.filter((id) => (shares[id] ?? 0) > 0).map((id) => ({ id, name: names[id] ?? id, share: shares[id] ?? 0 }));
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={550}>
          {line.name}
        </Text>
        <Text size="xs" c="dimmed">
          {line.group}
        </Text>
      </Table.Td>
      <Table.Td>
        <StackedShares parts={held.map((part) => ({ ...part, colour: colourOf(vendors, part.id) }))} />
        <Text size="xs" c="dimmed" mt={4}>
          {held.map((part) => `${part.name} ${format.percent(part.share, 0)}`).join(' · ')}
        </Text>
      </Table.Td>
      <Table.Td ta="end">{format.number(index, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}</Table.Td>
      <Table.Td ta="end">{format.number(effective, { minimumFractionDigits: 1, maximumFractionDigits: 1 })}</Table.Td>
    </Table.Tr>
  );
}
