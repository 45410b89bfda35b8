import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Modal, Progress, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { Batch } from '@/api/types';
import { IconPlus } from '@/design/icons';
import { EmptyState } from '@/shared/EmptyState';
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
      <QueryView query={batches}>{(items) => (items.length === 0 ? <EmptyState title={t`No batches`} /> : <BatchTable items={items} />)}</QueryView>
      <Modal opened={making} onClose={close} title={t`New batch`} closeButtonProps={{ 'aria-label': t`Close` }}>
        <NewBatchForm client={client} project={project} onDone={close} />
      </Modal>
    </Section>
  );
}

function BatchTable({ items }: { items: readonly Batch[] }) {
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
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((batch) => (
            <BatchRow key={batch.number} batch={batch} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function BatchRow({ batch }: { batch: Batch }) {
  const { t } = useLingui();
  const format = useFormat();
  const { name, done, tasks } = batch;
  const late = batch.deadline !== undefined && done < tasks && Date.parse(batch.deadline) < Date.now();
  return (
    <Table.Tr data-testid={`batch-${batch.number}`}>
      <Table.Td>
        <Text size="sm" fw={550}>
          {name}
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
    </Table.Tr>
  );
}
