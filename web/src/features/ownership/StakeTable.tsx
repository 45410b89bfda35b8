import { Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Stake } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { useFormat } from '@/shared/useFormat';

interface Props {
  stakes: readonly Stake[];
  nameOf: (id: string) => string;
  /** What one can do with a stake. */
  actions?: (stake: Stake) => ReactNode;
}

/** Stakes as they were entered, with where each is known from. */
export function StakeTable({ stakes, nameOf, actions }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  if (stakes.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        <Trans>No stake is in the register.</Trans>
      </Text>
    );
  }
  return (
    <DataTable
      testId="stakes"
      caption={t`Stakes`}
      minWidth={720}
      items={stakes}
      keyOf={({ id }) => id}
      columns={[
        { name: t`Owner`, cell: ({ owner }) => nameOf(owner) },
        { name: t`Held`, cell: ({ held }) => nameOf(held) },
        { name: t`Percent`, cell: ({ percent }) => format.percent(percent / 100, 4), end: true },
        { name: t`Votes`, cell: ({ voting }) => (voting ? t`Voting` : t`No vote`) },
        { name: t`Since`, cell: ({ since }) => format.day(since) },
        { name: t`Until`, cell: ({ until }) => (until ? format.day(until) : '–') },
        { name: t`Source`, cell: ({ source }) => source },
        ...(actions ? [{ name: t`Actions`, quiet: true, end: true, cell: actions }] : []),
      ]}
    />
  );
}
