import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Merge, Page } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useFormat } from '@/shared/useFormat';
import { projectKey, projectPath } from '../queries';
import { mergesQuery } from './queries';

/** What adjudicators made of the task's answers, and the way back. Nothing where nobody did. */
export function MergesPanel({ client, project, task }: { client: string; project: string; task: number }) {
  const { t } = useLingui();
  const format = useFormat();
  const queryClient = useQueryClient();
  const merges = useQuery(mergesQuery(client, project, task));
  const undo = useMutation({
    mutationFn: () => api.post<Page<Merge>>(projectPath(client, project, 'tasks', task, 'merges', 'undo')),
    onSuccess: (after) => {
      queryClient.setQueryData(mergesQuery(client, project, task).queryKey, after);
      void queryClient.invalidateQueries({ queryKey: [...projectKey(client, project), 'tasks'] });
    },
  });
  const states: Record<Merge['state'], string> = { in_effect: t`in effect`, replaced: t`replaced`, undone: t`undone` };
  if (merges.isError) return <ProblemAlert error={merges.error} onRetry={() => void merges.refetch()} />;
  const items = merges.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Stack gap="xs" mt="lg" data-testid="merges">
      <Title order={3}>
        <Trans>Made one</Trans>
      </Title>
      {items.map((merge) => {
        const taken = merge.origins.filter(({ submission }) => submission !== undefined).length;
        const own = merge.origins.length - taken;
        return (
          <Group key={merge.id} justify="space-between" wrap="nowrap">
            <div>
              <Group gap="xs">
                <Text size="sm" fw={550}>
                  {merge.adjudicator}
                </Text>
                <Badge color={merge.state === 'in_effect' ? 'verdigris' : 'gray'}>{states[merge.state]}</Badge>
              </Group>
              <Text size="xs" c="dimmed">
                {format.dateTime(merge.at)} · {t`${taken} parts taken over, ${own} of their own`}
              </Text>
            </div>
            {merge.state === 'in_effect' ? (
              <Button size="xs" variant="default" loading={undo.isPending} onClick={() => undo.mutate()} data-testid="undo-merge">
                <Trans>Undo</Trans>
              </Button>
            ) : null}
          </Group>
        );
      })}
      <ProblemAlert error={undo.error} />
    </Stack>
  );
}
