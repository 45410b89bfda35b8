import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Table, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Routing, Schemas } from '@/api/types';
import { projectPath } from '@/features/projects/queries';
import { ShareBar } from '@/features/quality/plots';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { routingQuery } from './queries';
import type { RoutingProps } from './RoutingTab';

/** How the work is divided now, and how far each workforce is. */
export function PortionsSection({ client, project, teams, routing, mayDecide }: RoutingProps & { routing: Routing; mayDecide: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  const queryClient = useQueryClient();
  const decide = useMutation({
    mutationFn: () => api.post<Schemas['RoutingReconsidered']>(projectPath(client, project, 'routing', 'decisions')),
    onSuccess: ({ shifted }) => {
      notify(shifted ? t`The shares have shifted` : t`The shares stay as they are`);
      // Also the decisions, whose key lies below.
      void queryClient.invalidateQueries({ queryKey: routingQuery(client, project).queryKey });
    },
  });
  const routed = routing.version > 0;
  return (
    <Section
      title={t`Shares now`}
      testId="portions"
      subtitle={
        routed ? (
          <Trans>
            <Plural value={routing.waiting} one="# answer waits" other="# answers wait" />, <Plural value={routing.inWork} one="# is in work" other="# are in work" />. A share is a quota on what waits when a decision
            falls.
          </Trans>
        ) : (
          <Trans>No policy yet: whoever asks gets the next task.</Trans>
        )
      }
      actions={
        mayDecide && routed ? (
          <Button variant="default" loading={decide.isPending} onClick={() => decide.mutate()} data-testid="decide-anew">
            <Trans>Decide anew</Trans>
          </Button>
        ) : null
      }
    >
      <ProblemAlert error={decide.error} />
      {routing.portions.length > 0 ? (
        <Table.ScrollContainer minWidth={620}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t`Workforce`}</Table.Th>
                <Table.Th w="30%">{t`Share`}</Table.Th>
                <Table.Th ta="end">
                  <span className="visually-hidden">{t`Share in percent`}</span>
                </Table.Th>
                <Table.Th ta="end">{t`Quota`}</Table.Th>
                <Table.Th ta="end">{t`Taken`}</Table.Th>
                <Table.Th ta="end">{t({ message: 'Refused', context: 'answers' })}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {routing.portions.map((portion) => (
                <Table.Tr key={portion.workforce} data-testid={`portion-${portion.workforce}`}>
                  <Table.Td fw={550}>{teams.find(({ id }) => id === portion.workforce)?.name ?? portion.workforce}</Table.Td>
                  <Table.Td>
                    <ShareBar share={portion.part} />
                  </Table.Td>
                  <Table.Td ta="end">{format.percent(portion.part)}</Table.Td>
                  <Table.Td ta="end">{format.number(portion.quota)}</Table.Td>
                  <Table.Td ta="end">{format.number(portion.taken)}</Table.Td>
                  <Table.Td ta="end">{format.number(portion.refused)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : routed ? (
        <Text size="sm" c="dimmed">
          <Trans>Nobody has a share yet.</Trans>
        </Text>
      ) : null}
    </Section>
  );
}
