import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Badge, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { path } from '@/api/client';
import type { Closing } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { Pager } from '@/shared/Pager';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { usePages } from '@/shared/usePages';
import { wallsKey, wallsQuery } from './queries';
import { useSentence } from './useSentence';
import { useSubjects } from './useSubjects';

/** Whom a wall shut out or let in, by which rule. While leases are being fenced it is read again. */
export function ClosingsSection({ client }: { client: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const nameOf = useSubjects(client);
  const sentence = useSentence();
  const walls = useQuery(wallsQuery(client)).data ?? [];
  const pages = usePages<Closing>([...wallsKey(client), 'closings'], path('clients', client, 'walls', 'closings'), { limit: 25 });
  const ruleOf = (id: string) => {
    const wall = walls.find((one) => one.id === id);
    return wall ? sentence.ofWall(wall) : `${id.slice(0, 8)}…`;
  };
  return (
    <Section title={t`Closings`} subtitle={t`Whom a rule shut out or let in, and how many leases it ended.`} testId="closings">
      <QueryView query={pages.query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>No wall has closed yet.</Trans>
            </Text>
          ) : (
            <DataTable
              testId="closing-list"
              minWidth={760}
              items={items}
              keyOf={({ id }) => id}
              columns={[
                { name: t`When`, cell: ({ at }) => format.dateTime(at) },
                { name: t`What`, cell: ({ opened }) => <Badge color={opened ? 'verdigris' : 'red'}>{opened ? t`Let in` : t`Shut out`}</Badge> },
                { name: t`Who`, cell: ({ subject, kind, people }) => <Who name={nameOf(subject)} kind={kind} people={people} /> },
                { name: t`Rule`, cell: ({ rule, version }) => <Trans>{ruleOf(rule)} Version {version}</Trans> },
                { name: t`Leases ended`, cell: (closing) => <Fenced closing={closing} />, end: true },
              ]}
            />
          )
        }
      </QueryView>
      <Pager pages={pages} />
    </Section>
  );
}

function Who({ name, kind, people }: { name: string; kind: string; people: number }) {
  return (
    <>
      {name}
      {kind === 'workforce' ? (
        <Text size="xs" c="dimmed">
          <Plural value={people} one="Workforce, # person" other="Workforce, # people" />
        </Text>
      ) : null}
    </>
  );
}

function Fenced({ closing }: { closing: Closing }) {
  const { t } = useLingui();
  const format = useFormat();
  if (closing.opened) return <>–</>;
  return <>{closing.leases === undefined ? t`under way` : format.number(closing.leases)}</>;
}
