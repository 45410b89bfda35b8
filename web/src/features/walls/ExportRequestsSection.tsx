import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api, path } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { ExportRequest } from '@/api/types';
import { projectsQuery } from '@/features/projects/queries';
import { DataTable } from '@/shared/DataTable';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { exportRequestsQuery } from './queries';
import { useSubjects } from './useSubjects';

/** Four eyes: who asked for leave to export a project, and what another person said. */
export function ExportRequestsSection({ client }: { client: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const session = useSession();
  const nameOf = useSubjects(client);
  const requests = useQuery(exportRequestsQuery(client));
  const projects = useQuery(projectsQuery(client)).data ?? [];
  const [asking, setAsking] = useState(false);
  const mayAsk = holds(session, client, 'requester', 'auditor');
  const special = useSpecial();
  return (
    <Section
      title={t`Requests to export`}
      subtitle={t`Under a rule of two persons, an export needs leave from somebody else. Leave is good for a day.`}
      testId="export-requests"
      actions={
        mayAsk ? (
          <Button variant="default" onClick={() => setAsking(true)} data-testid="ask-export">
            <Trans>Ask for leave</Trans>
          </Button>
        ) : null
      }
    >
      <QueryView query={requests}>
        {(items) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>Nobody has asked yet.</Trans>
            </Text>
          ) : (
            <DataTable
              testId="export-request-list"
              minWidth={760}
              items={[...items].sort((a, b) => b.requestedAt.localeCompare(a.requestedAt))}
              keyOf={({ id }) => id}
              columns={[
                { name: t`For`, cell: ({ what, project }) => special[what] ?? projects.find(({ id }) => id === project)?.name ?? `${(project ?? '').slice(0, 8)}…` },
                { name: t`Reason`, cell: ({ reason }) => reason },
                { name: t`Asked by`, cell: (one) => <Trans>{nameOf(one.requestedBy)}, {format.relative(one.requestedAt)}</Trans> },
                { name: t`Answer`, cell: (one) => <Answer request={one} nameOf={nameOf} /> },
                { name: t`Actions`, quiet: true, end: true, cell: (one) => (one.decidedAt || one.requestedBy === session.person.id ? null : <Decide client={client} request={one} />) },
              ]}
            />
          )
        }
      </QueryView>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t`Ask for leave to export`} closeButtonProps={{ 'aria-label': t`Close` }}>
        <AskForm client={client} projects={projects} onDone={() => setAsking(false)} />
      </Modal>
    </Section>
  );
}

function Answer({ request, nameOf }: { request: ExportRequest; nameOf: (id: string) => string }) {
  const { t } = useLingui();
  const format = useFormat();
  if (!request.decidedAt) return <Badge color="brass">{t`Waits for another person`}</Badge>;
  const by = request.decidedBy ? nameOf(request.decidedBy) : '';
  return (
    <Stack gap={2}>
      <Badge color={request.approved ? 'verdigris' : 'red'}>{request.approved ? t`Approved` : t`Refused`}</Badge>
      <Text size="xs" c="dimmed">
        {request.approved && request.until ? <Trans>by {by}, good until {format.dateTime(request.until)}</Trans> : <Trans>by {by}</Trans>}
      </Text>
    </Stack>
  );
}

/** What leave is asked for besides a project. */
function useSpecial(): Record<string, string> {
  const { t } = useLingui();
  return { archive: t`The whole client's archive`, two_persons: t`Ending the rule of two persons` };
}

function Decide({ client, request }: { client: string; request: ExportRequest }) {
  const queryClient = useQueryClient();
  const decide = useMutation({
    mutationFn: (approved: boolean) => api.post<ExportRequest>(path('clients', client, 'export-requests', request.id, 'decision'), { approved }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: exportRequestsQuery(client).queryKey }),
  });
  return (
    <Stack gap={6} align="flex-end">
      <Group gap="xs" wrap="nowrap">
        <Button size="xs" variant="default" loading={decide.isPending} onClick={() => decide.mutate(false)}>
          <Trans>Refuse</Trans>
        </Button>
        <Button size="xs" loading={decide.isPending} onClick={() => decide.mutate(true)}>
          <Trans>Approve</Trans>
        </Button>
      </Group>
      <ProblemAlert error={decide.error} />
    </Stack>
  );
}

function AskForm({ client, projects, onDone }: { client: string; projects: readonly { id: string; name: string }[]; onDone: () => void }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const special = useSpecial();
  const [subject, setSubject] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const ask = useMutation({
    mutationFn: () => api.post<ExportRequest>(path('clients', client, 'export-requests'), {
        ...(subject && subject in special ? { what: subject } : { what: 'project', project: subject }),
        reason: reason.trim(),
      }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: exportRequestsQuery(client).queryKey });
      onDone();
    },
  });
  const problem = ask.error instanceof ApiError ? ask.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="export-request-form">
      <Stack gap="sm">
        <Select
          label={t`For`}
          searchable
          data={[...projects.map(({ id, name }) => ({ value: id, label: name })), ...Object.entries(special).map(([value, label]) => ({ value, label }))]}
          value={subject}
          onChange={setSubject}
          error={problem?.faultsAt('/project')[0]}
        />
        <Textarea label={t`Reason`} description={t`For who decides, and for the audit log.`} autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={problem?.faultsAt('/reason')[0]} />
        <ProblemAlert error={ask.error} hideFaults />
        <Group justify="flex-end">
          <Button type="submit" loading={ask.isPending} disabled={!subject || !reason.trim()}>
            <Trans>Ask</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
