import { Trans, useLingui } from '@lingui/react/macro';
import { Code, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { path } from '@/api/client';
import type { Outgoing } from '@/api/types';
import { projectsQuery } from '@/features/projects/queries';
import { DataTable } from '@/shared/DataTable';
import { EmptyState } from '@/shared/EmptyState';
import { Pager } from '@/shared/Pager';
import { QueryView } from '@/shared/QueryView';
import { useFormat } from '@/shared/useFormat';
import { usePages } from '@/shared/usePages';
import classes from './audit.module.css';
import { shortened } from './entry';

/** What left the installation, and with whom. */
export function OutgoingView({ client }: { client: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const projects = useQuery(projectsQuery(client)).data ?? [];
  const pages = usePages<Outgoing>(['clients', client, 'audit', 'outgoing'], path('clients', client, 'audit', 'outgoing'), { cursorParameter: 'from' });
  const projectName = (id: string | null) => (id ? (projects.find((project) => project.id === id)?.name ?? shortened(id)) : '–');
  return (
    <>
      <QueryView query={pages.query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t`Nothing has left`}>
              <Trans>Releases, exports, archives and reports that somebody takes are listed here.</Trans>
            </EmptyState>
          ) : (
            <DataTable
              testId="outgoing"
              minWidth={760}
              items={items}
              keyOf={({ index }) => index}
              columns={[
                { name: t`Entry`, cell: ({ index }) => index, end: true },
                { name: t`When`, cell: ({ time }) => format.dateTime(time) },
                { name: t`With whom`, cell: (one) => <Taker outgoing={one} /> },
                { name: t`Project`, cell: ({ project }) => projectName(project) },
                {
                  name: t`What`,
                  cell: ({ what }) => (
                    <dl className={classes['details']}>
                      {Object.entries(what).map(([name, value]) => (
                        <div key={name}>
                          <dt>{name}</dt>
                          <dd title={value}>
                            <Code>{shortened(value)}</Code>
                          </dd>
                        </div>
                      ))}
                    </dl>
                  ),
                },
              ]}
            />
          )
        }
      </QueryView>
      <Pager pages={pages} />
    </>
  );
}

function Taker({ outgoing: { actor, name } }: { outgoing: Outgoing }) {
  const { t } = useLingui();
  if (!actor) return <>{t`The server`}</>;
  return (
    <>
      {name ?? actor}
      {name ? (
        <Text size="xs" c="dimmed">
          {actor}
        </Text>
      ) : null}
    </>
  );
}
