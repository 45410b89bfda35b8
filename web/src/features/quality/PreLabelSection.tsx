import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Badge, Button, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import type { PreLabelModel } from '@/api/types';
import { projectPath } from '@/features/projects/queries';
import { Confirm } from '@/shared/Confirm';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { preLabelsQuery } from './queries';

/** What people made of the answers that models gave before them, model by model. */
export function PreLabelSection({ client, project }: { client: string; project: string }) {
  const { t } = useLingui();
  const standing = useQuery(preLabelsQuery(client, project)).data;
  if (standing === undefined || standing.models.length === 0) return null;
  return (
    <Section
      title={t`Pre-labels`}
      subtitle={<Trans>What annotators made of the answers that models gave before them. An answer is counted when it is first handed in.</Trans>}
      testId="pre-labels"
    >
      <Stack gap="sm">
        {standing.asked ? null : (
          <Text size="sm" c="dimmed">
            <Trans>They are not shown: the rules of the queue do not ask for it.</Trans>
          </Text>
        )}
        {standing.goldWithout > 0 ? (
          <Alert color="orange" variant="light" data-testid="gold-without">
            <Trans>They are not shown to anybody now, because gold would stand out.</Trans>{' '}
            <Plural value={standing.goldWithout} one="# gold task has no pre-label." other="# gold tasks have no pre-label." />
          </Alert>
        ) : null}
        <ModelTable client={client} project={project} models={standing.models} />
      </Stack>
    </Section>
  );
}

function ModelTable({ client, project, models }: { client: string; project: string; models: readonly PreLabelModel[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const queryClient = useQueryClient();
  const [leaving, setLeaving] = useState<PreLabelModel>();
  const remove = useMutation({
    mutationFn: (model: number) => api.delete<void>(projectPath(client, project, 'pre-labels', 'models', model)),
    onSuccess: () => {
      setLeaving(undefined);
      void queryClient.invalidateQueries(preLabelsQuery(client, project));
    },
  });
  return (
    <>
      <Table data-testid="pre-label-models">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Model`}</Table.Th>
            <Table.Th ta="end">{t`Pre-labels`}</Table.Th>
            <Table.Th ta="end">{t`Left as they were`}</Table.Th>
            <Table.Th ta="end">{t`Changed`}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {models.map((model) => (
            <Table.Tr key={model.id}>
              <Table.Td>
                {model.name} {model.version}
              </Table.Td>
              <Table.Td ta="end">{format.number(model.labels)}</Table.Td>
              <Table.Td ta="end">
                {format.number(model.unchanged)}
                {model.unchanged + model.changed === 0 ? null : ` (${format.percent(model.unchanged / (model.unchanged + model.changed))})`}
              </Table.Td>
              <Table.Td ta="end">{format.number(model.changed)}</Table.Td>
              <Table.Td ta="end">
                {model.removedAt === undefined ? (
                  <Button size="compact-sm" variant="default" onClick={() => setLeaving(model)} data-testid={`remove-model-${model.id}`}>
                    <Trans>Take back</Trans>
                  </Button>
                ) : (
                  <Badge color="gray" variant="light">{t`taken back`}</Badge>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Confirm
        opened={leaving !== undefined}
        title={t`Take the pre-labels of this model back?`}
        act={t`Take back`}
        danger
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => leaving && remove.mutate(leaving.id)}
        onClose={() => setLeaving(undefined)}
      >
        <Text size="sm">
          <Trans>
            Nobody is shown a pre-label of {leaving?.name} {leaving?.version} from now on. Answers that began from one keep saying so. This cannot be undone; the
            pre-labels can be added again.
          </Trans>
        </Text>
      </Confirm>
    </>
  );
}
