import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { holds, useSession } from '@/api/session';
import { useProjectParams } from '@/features/projects/useProjectParams';
import { EmptyState } from '@/shared/EmptyState';
import { QueryView } from '@/shared/QueryView';
import { useFormat } from '@/shared/useFormat';
import { BoxSection } from './BoxSection';
import { ConsensusSection } from './ConsensusSection';
import { GoldSection } from './GoldSection';
import { LeftAside } from './LeftAside';
import { PreLabelSection } from './PreLabelSection';
import { qualityQuery } from './queries';
import { QuestionSection } from './QuestionSection';
import { useNames } from './useNames';

export function QualityTab() {
  const { t } = useLingui();
  const { client, project } = useProjectParams();
  const format = useFormat();
  const names = useNames(client, project);
  const quality = useQuery(qualityQuery(client, project));
  const knowsGold = holds(useSession(), client, 'quality_lead', 'requester');
  const gold = knowsGold ? (
    <>
      <GoldSection client={client} project={project} />
      <PreLabelSection client={client} project={project} />
    </>
  ) : null;
  return (
    <QueryView query={quality}>
      {(data) => {
        const measured = data.questions.filter((question) => question.judgements > 0);
        if (measured.length === 0 && !data.boxes) {
          return (
            <Stack gap="md">
              <EmptyState title={t`Nothing to measure yet`}>
                <Trans>Agreement and skill appear with the first tasks that several people have answered.</Trans>
              </EmptyState>
              {gold}
            </Stack>
          );
        }
        return (
          <Stack gap="md" data-testid="quality">
            <Group justify="space-between">
              <Text size="sm" c="dimmed">
                <Trans>Computed {format.dateTime(data.computedAt)}. Intervals are 95 %.</Trans>
              </Text>
              <Button size="xs" variant="default" onClick={() => void quality.refetch()} loading={quality.isFetching}>
                <Trans>Compute again</Trans>
              </Button>
            </Group>
            {measured.map((question) => (
              <QuestionSection key={question.question} question={question} names={names} />
            ))}
            {data.boxes ? <BoxSection boxes={data.boxes} /> : null}
            <LeftAside excluded={data.excluded} />
            {gold}
            <ConsensusSection client={client} project={project} names={names} />
          </Stack>
        );
      }}
    </QueryView>
  );
}
