import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Modal, Progress, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Batch } from '@/api/types';
import { IconPlus } from '@/design/icons';
import { projectKey, projectPath } from '@/features/projects/queries';
import { EmptyState } from '@/shared/EmptyState';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { NewBatchForm } from './NewBatchForm';
import { batchesQuery } from './queries';

/** Parts of the work that are planned together, with their priorities, deadlines and progress. */
export function BatchesSection({ client, project, mayAdd }: { client: string; project: string; mayAdd: boolean }) {
  const { t } = useLingui();
  const [making, { open, close }] = useDisclosure(false);
  const batches = useQuery(batchesQuery(client, project));
  return (
    <Section
      title={t`Batches`}
      testId="batches"
      subtitle={<Trans>Higher priorities are given out first; within one, the nearer deadline. Tasks come into a batch when they are planned, or by an act below.</Trans>}
      actions={
        mayAdd ? (
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={open} data-testid="new-batch">
            <Trans>New batch</Trans>
          </Button>
        ) : null
      }
    >
      <QueryView query={batches}>{(items) => (items.length === 0 ? <EmptyState title={t`No batches`} /> : <BatchTable client={client} project={project} items={items} mayPause={mayAdd} />)}</QueryView>
      <Modal opened={making} onClose={close} title={t`New batch`} closeButtonProps={{ 'aria-label': t`Close` }}>
        <NewBatchForm client={client} project={project} onDone={close} />
      </Modal>
    </Section>
  );
}

function BatchTable({ client, project, items, mayPause }: { client: string; project: string; items: readonly Batch[]; mayPause: boolean }) {
  const { t } = useLingui();
  return (
    <Table.ScrollContainer minWidth={620}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Batch`}</Table.Th>
            <Table.Th ta="end">{t`Priority`}</Table.Th>
            <Table.Th>{t`Deadline`}</Table.Th>
            <Table.Th>{t`Progress`}</Table.Th>
            {mayPause ? <Table.Th aria-label={t`Pause or resume`} /> : null}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((batch) => (
            <BatchRow key={batch.number} client={client} project={project} batch={batch} mayPause={mayPause} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function BatchRow({ client, project, batch, mayPause }: { client: string; project: string; batch: Batch; mayPause: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  const [changing, { open, close }] = useDisclosure(false);
  const { name, done, tasks } = batch;
  const late = batch.deadline !== undefined && done < tasks && Date.parse(batch.deadline) < Date.now();
  return (
    <Table.Tr data-testid={`batch-${batch.number}`}>
      <Table.Td>
        <Text size="sm" fw={550}>
          {name} {batch.paused ? <Badge color="gray">{t`paused`}</Badge> : null}
        </Text>
        <Text size="xs" c="dimmed">
          {t`No. ${batch.number}`}
        </Text>
      </Table.Td>
      <Table.Td ta="end">{format.number(batch.priority)}</Table.Td>
      <Table.Td>
        {batch.deadline === undefined ? (
          <Text size="sm" c="dimmed">{t`none`}</Text>
        ) : (
          <>
            {format.dateTime(batch.deadline)} {late ? <Badge color="brass">{t`late`}</Badge> : null}
          </>
        )}
      </Table.Td>
      <Table.Td miw={160}>
        <Progress value={tasks === 0 ? 0 : (100 * done) / tasks} size="sm" aria-label={t`Progress of ${name}`} />
        <Text size="xs" c="dimmed" mt={3}>
          {tasks === 0 ? <Trans>no tasks yet</Trans> : <Plural value={tasks} one={`${done} of # task done`} other={`${done} of # tasks done`} />}
        </Text>
      </Table.Td>
      {mayPause ? (
        <Table.Td>
          <Group gap="xs" justify="flex-end" wrap="nowrap">
            <Button size="compact-sm" variant="default" onClick={open} data-testid={`change-batch-${batch.number}`}>
              <Trans>Change</Trans>
            </Button>
            <PauseButton client={client} project={project} batch={batch} />
          </Group>
          <Modal opened={changing} onClose={close} title={t`Change ${name}`} closeButtonProps={{ 'aria-label': t`Close` }}>
            <NewBatchForm client={client} project={project} batch={batch} onDone={close} />
          </Modal>
        </Table.Td>
      ) : null}
    </Table.Tr>
  );
}

/** A paused batch's tasks are given to nobody; what is in people's hands can be handed in. */
function PauseButton({ client, project, batch }: { client: string; project: string; batch: Batch }) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: () => api.patch<Batch>(projectPath(client, project, 'batches', String(batch.number)), { paused: !batch.paused }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: projectKey(client, project) }),
  });
  return (
    <Group gap="xs" justify="flex-end">
      <Button size="compact-sm" variant="default" loading={change.isPending} onClick={() => change.mutate()} data-testid={`pause-batch-${batch.number}`}>
        {batch.paused ? <Trans>Resume</Trans> : <Trans>Pause</Trans>}
      </Button>
      <ProblemAlert error={change.error} />
    </Group>
  );
}
