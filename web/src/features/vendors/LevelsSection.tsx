import { useLingui } from '@lingui/react/macro';
import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Page, VendorServiceLevel } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { vendorPath } from './queries';

/** What the contract promises beside what was measured; nothing where it promises nothing. */
export function LevelsSection({ client, vendor }: { client: string; vendor: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const levels = useQuery({
    queryKey: ['clients', client, 'vendors', vendor, 'service-levels'],
    queryFn: async ({ signal }) => (await api.get<Page<VendorServiceLevel>>(vendorPath(client, vendor, 'service-levels'), { signal })).items,
  });
  if (!levels.data || levels.data.length === 0) return null;
  const figure = (level: VendorServiceLevel, value: number) =>
    level.name === 'acceptance' ? format.percent(value) : format.number(value, { style: 'unit', unit: 'hour', unitDisplay: 'short', maximumFractionDigits: 1 });
  const measured = (level: VendorServiceLevel) => {
    if (!level.measured) return t`not measured`;
    const { value, low, high } = level.measured;
    return t`${figure(level, value)} (${figure(level, low)} to ${figure(level, high)})`;
  };
  return (
    <Section title={t`Service levels`} testId="service-levels" subtitle={t`What the contract promises beside what was measured in the last 28 days, with intervals that resample people.`}>
      <DataTable
        testId="service-level-list"
        items={levels.data}
        keyOf={({ name }) => name}
        columns={[
          { name: t`Level`, cell: ({ name }) => (name === 'acceptance' ? t`Reviewed answers that need no mending` : t`From planning to answer, on average`) },
          { name: t`Promised`, cell: (level) => (level.name === 'acceptance' ? t`at least ${figure(level, level.promised)}` : t`at most ${figure(level, level.promised)}`) },
          { name: t`Measured`, cell: measured },
          { name: t`State`, cell: (level) => <State level={level} /> },
        ]}
      />
    </Section>
  );
}

function State({ level }: { level: VendorServiceLevel }) {
  const { t } = useLingui();
  if (!level.measured) return null;
  if (!level.broken) return <Badge color="verdigris">{t`Kept`}</Badge>;
  return <Badge color="red">{level.sure ? t`Broken` : t`Missed, within the interval`}</Badge>;
}
