import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { api } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { GoldAnnotator, WorkPause } from '@/api/types';
import { GoldImportForm } from '@/features/gold/GoldImportForm';
import { GoldPolicyForm } from '@/features/gold/GoldPolicyForm';
import { GoldBalance, GoldTable } from '@/features/gold/GoldTable';
import { goldQuery, goldRulesQuery } from '@/features/gold/queries';
import { projectKey, projectPath } from '@/features/projects/queries';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { goldAnnotatorsQuery, pausesQuery } from './queries';

/** Gold: how everybody does on tasks with a known answer, who is paused and why. For those who may know what is gold. */
export function GoldSection({ client, project }: { client: string; project: string }) {
  const { t } = useLingui();
  const gold = useQuery(goldQuery(client, project)).data ?? [];
  const rules = useQuery(goldRulesQuery(client, project)).data;
  const annotators = useQuery(goldAnnotatorsQuery(client, project)).data?.items ?? [];
  const pauses = useQuery(pausesQuery(client, project)).data?.items ?? [];
  const inUse = gold.filter((item) => item.retired === undefined).length;
  return (
    <Section
      title={t`Gold`}
      subtitle={<Trans>Tasks with a known answer, hidden among the others. A sequential test pauses who falls to its lower bound.</Trans>}
      testId="gold"
    >
      <Stack gap="lg">
        <Text size="sm">
          {inUse === 0 ? (
            <Trans>No gold yet. Open a reviewed task and choose “Make gold”, or import a file.</Trans>
          ) : (
            <Plural value={inUse} one="# gold task in use" other="# gold tasks in use" />
          )}
        </Text>
        {inUse > 0 ? <GoldBalance gold={gold} /> : null}
        {gold.length > 0 ? <GoldTable client={client} project={project} gold={gold} /> : null}
        {annotators.length > 0 ? <AnnotatorTable annotators={annotators} /> : null}
        {pauses.map((pause) => (
          <PauseCard key={pause.id} client={client} project={project} pause={pause} />
        ))}
        <Fold name="gold-rules" title={t`How gold is used, and the entry exam`}>
          {rules ? <GoldPolicyForm key={rules.version} client={client} project={project} rules={rules} gold={gold} /> : null}
        </Fold>
        <Fold name="gold-file" title={t`Import gold`}>
          <GoldImportForm client={client} project={project} />
        </Fold>
      </Stack>
    </Section>
  );
}

/** What is seldom needed, behind its title. */
function Fold({ name, title, children }: { name: string; title: string; children: ReactNode }) {
  const [open, { toggle }] = useDisclosure(false);
  return (
    <div>
      <Button size="compact-sm" variant="default" aria-expanded={open} onClick={toggle} mb={open ? 'sm' : 0} data-testid={name}>
        {title}
      </Button>
      {open ? children : null}
    </div>
  );
}

function AnnotatorTable({ annotators }: { annotators: readonly GoldAnnotator[] }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <Table data-testid="gold-annotators">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t`Annotator`}</Table.Th>
          <Table.Th ta="end">{t`Right`}</Table.Th>
          <Table.Th ta="end">{t`Wrong`}</Table.Th>
          <Table.Th ta="end">{t`Evidence`}</Table.Th>
          <Table.Th ta="end">{t`Fails at, passes at`}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {annotators.map((one) => (
          <Table.Tr key={one.person}>
            <Table.Td>
              {one.name} {one.paused ? <Badge color="orange">{t`paused`}</Badge> : null}
            </Table.Td>
            <Table.Td ta="end">{format.number(one.right)}</Table.Td>
            <Table.Td ta="end">{format.number(one.wrong)}</Table.Td>
            <Table.Td ta="end">{one.evidence.toFixed(2)}</Table.Td>
            <Table.Td ta="end">
              {one.lower.toFixed(2)}, {one.upper.toFixed(2)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** One pause: why, each answer that led to it, and the way out. */
function PauseCard({ client, project, pause }: { client: string; project: string; pause: WorkPause }) {
  const { t } = useLingui();
  const format = useFormat();
  const lead = holds(useSession(), client, 'quality_lead');
  return (
    <Stack gap={6} data-testid={`pause-${pause.id}`}>
      <Text size="sm" fw={550}>
        {pause.reason === 'exam' ? t`${pause.name} has not passed the entry exam` : t`${pause.name} was paused on gold`}
        {', '}
        {format.dateTime(pause.at)}
      </Text>
      <Group gap={4} role="list" aria-label={t`Answers to gold, in their order`}>
        {pause.evidence.steps.map((step) => (
          <Badge key={step.submission} role="listitem" variant="light" color={step.right ? 'teal' : 'red'} title={step.evidence.toFixed(2)}>
            {step.right ? t`right` : t`wrong`}
          </Badge>
        ))}
      </Group>
      {pause.lift ? (
        <Text size="sm" c="dimmed">
          <Trans>
            Lifted by {pause.lift.by}: {pause.lift.reason}
          </Trans>
        </Text>
      ) : null}
      {pause.on && lead ? <LiftForm client={client} project={project} pause={pause} /> : null}
    </Stack>
  );
}

function LiftForm({ client, project, pause }: { client: string; project: string; pause: WorkPause }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const lift = useMutation({
    mutationFn: () => api.post<WorkPause>(projectPath(client, project, 'pauses', pause.id, 'lift'), { reason: reason.trim() }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [...projectKey(client, project), 'gold'] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    lift.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end">
        <TextInput size="xs" label={t`Reason for lifting the pause`} value={reason} onChange={(event) => setReason(event.currentTarget.value)} maxLength={500} w={320} />
        <Button size="xs" type="submit" variant="default" disabled={reason.trim() === ''} loading={lift.isPending} data-testid={`lift-${pause.id}`}>
          <Trans>Lift the pause</Trans>
        </Button>
      </Group>
      <ProblemAlert error={lift.error} />
    </form>
  );
}
