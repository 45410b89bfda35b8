import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { OpenSession, Page } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { useWays } from './ways';

const KEY = ['me', 'sessions'];

/** Where one is signed in, and the ways out of there. */
export function SessionsSection() {
  const { t } = useLingui();
  const format = useFormat();
  const nameOf = useWays();
  const queryClient = useQueryClient();
  const list = useQuery({ queryKey: KEY, queryFn: ({ signal }) => api.get<Page<OpenSession>>('/me/sessions', { signal }) });
  const end = useMutation({
    mutationFn: (id: string | null) => api.delete<void>(id === null ? '/me/sessions' : path('me', 'sessions', id)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: KEY }),
  });
  const others = (list.data?.items.length ?? 0) > 1;
  return (
    <Section
      title={t`Where you are signed in`}
      subtitle={t`A session ends after twelve hours without use, and after seven days.`}
      actions={
        others ? (
          <Button variant="default" loading={end.isPending} onClick={() => end.mutate(null)} data-testid="end-others">
            <Trans>End all others</Trans>
          </Button>
        ) : null
      }
    >
      <ProblemAlert error={end.error} />
      <QueryView query={list}>
        {({ items }) => (
          <DataTable
            testId="sessions"
            minWidth={640}
            items={items}
            keyOf={({ id }) => id}
            columns={[
              {
                name: t`Opened by`,
                cell: ({ way, strong, current }) => (
                  <Group gap={6}>
                    {nameOf(way)}
                    {strong ? (
                      <Badge variant="light" color="verdigris">
                        <Trans>two factors</Trans>
                      </Badge>
                    ) : null}
                    {current ? (
                      <Badge variant="light" color="gray">
                        <Trans>this one</Trans>
                      </Badge>
                    ) : null}
                  </Group>
                ),
              },
              { name: t`Since`, cell: ({ openedAt }) => format.dateTime(openedAt) },
              { name: t`Last used`, cell: ({ lastSeenAt }) => format.relative(lastSeenAt) },
              {
                name: t`Actions`,
                quiet: true,
                end: true,
                cell: ({ id, current }) =>
                  current ? null : (
                    <Button size="xs" variant="default" onClick={() => end.mutate(id)}>
                      <Trans>End</Trans>
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </QueryView>
    </Section>
  );
}
