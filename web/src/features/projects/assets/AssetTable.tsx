import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Table, Text, Tooltip } from '@mantine/core';
import type { Asset } from '@/api/types';
import { EmptyState } from '@/shared/EmptyState';
import { useFormat } from '@/shared/useFormat';

export function AssetTable({ items, filtered }: { items: Asset[]; filtered: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  if (items.length === 0) {
    return filtered ? (
      <Text size="sm" c="dimmed">{t`No asset's name begins so.`}</Text>
    ) : (
      <EmptyState title={t`No assets yet`}>
        <Trans>What you drop above is checked, stored once, and listed here.</Trans>
      </EmptyState>
    );
  }
  return (
    <Table.ScrollContainer minWidth={760}>
      <Table data-testid="assets">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Name`}</Table.Th>
            <Table.Th>{t`Type`}</Table.Th>
            <Table.Th ta="end">{t`Extent`}</Table.Th>
            <Table.Th ta="end">{t`Size`}</Table.Th>
            <Table.Th ta="end">{t`Tasks`}</Table.Th>
            <Table.Th>SHA-256</Table.Th>
            <Table.Th>{t`Uploaded`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((asset) => (
            <Table.Tr key={asset.id}>
              <Table.Td maw={280} style={{ overflowWrap: 'anywhere' }} fw={550}>
                {asset.name}
              </Table.Td>
              <Table.Td>{asset.type}</Table.Td>
              <Table.Td ta="end">
                <Extent asset={asset} />
              </Table.Td>
              <Table.Td ta="end">{format.bytes(asset.size)}</Table.Td>
              <Table.Td ta="end">{asset.tasks}</Table.Td>
              <Table.Td>
                <Tooltip label={asset.sha256}>
                  <Text size="xs" ff="monospace">
                    {asset.sha256.slice(0, 12)}
                  </Text>
                </Tooltip>
              </Table.Td>
              <Table.Td>{format.dateTime(asset.createdAt)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Extent({ asset }: { asset: Asset }) {
  const format = useFormat();
  if (asset.width !== undefined && asset.height !== undefined) return `${format.number(asset.width)} × ${format.number(asset.height)}`;
  if (asset.characters !== undefined) return <Plural value={asset.characters} one="# character" other="# characters" />;
  return null;
}
