import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Select, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { PayRule, PayRuleVersion, Vendor } from '@/api/types';
import { projectKey, projectPath, projectsQuery } from '@/features/projects/queries';
import { currencies } from '@/features/vendors/contract';
import { vendorsQuery } from '@/features/vendors/queries';
import { useVendorWords } from '@/features/vendors/useVendorWords';
import { DataTable } from '@/shared/DataTable';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { FloorFields, Floors, type Floor } from './FloorFields';
import { money } from './money';
import { payKey, rulesQuery } from './queries';

/** What a project pays, in versions; who pays adds the next. */
export function RulesSection({ client, mayAll }: { client: string; mayAll: boolean }) {
  const { t } = useLingui();
  const projects = useQuery(projectsQuery(client));
  const vendors = useQuery(vendorsQuery(client));
  const [chosen, setChosen] = useState<string | null>(null);
  const project = chosen ?? projects.data?.[0]?.id;
  return (
    <Section
      title={t`Rules`}
      subtitle={<Trans>An answer is paid by the version in force when its task was taken; annotators see it before they take one.</Trans>}
      testId="pay-rules"
    >
      <Stack gap="md">
        <Select
          label={t`Project`}
          maw={360}
          searchable
          allowDeselect={false}
          placeholder={projects.data?.length === 0 ? t`No project yet` : undefined}
          disabled={projects.data?.length === 0}
          data={(projects.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={project ?? null}
          onChange={setChosen}
          data-testid="pay-project"
        />
        {project && vendors.data ? <Rules key={project} client={client} project={project} vendors={vendors.data} mayAll={mayAll} /> : null}
      </Stack>
    </Section>
  );
}

function Rules({ client, project, vendors, mayAll }: { client: string; project: string; vendors: readonly Vendor[]; mayAll: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useVendorWords();
  const rules = useQuery(rulesQuery(client, project));
  const [editing, setEditing] = useState(false);
  const teams = vendors.flatMap((vendor) => vendor.workforces);
  const nameOf = (id: string | undefined) => (id ? (teams.find((team) => team.id === id)?.name ?? id) : t`Everybody else`);
  return (
    <QueryView query={rules}>
      {(items) => (
        <Stack gap="sm">
          {items.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>None yet: work is not paid through Etalon. The first rule also pays what was done before it.</Trans>
            </Text>
          ) : (
            <DataTable
              testId="rule-list"
              items={items}
              keyOf={({ workforce, version }) => `${workforce ?? ''} ${version}`}
              columns={[
                { name: t`Workforce`, cell: ({ workforce }) => (workforce || items.some((one) => one.workforce) ? nameOf(workforce) : t`Everybody`) },
                { name: t`Version`, end: true, cell: ({ version }) => version },
                { name: t`Price`, cell: ({ rule }) => `${money(format.locale, rule.price?.amount ?? '0', rule.currency ?? 'EUR')} ${t`for ${words.unit(rule.price?.unit ?? 'task')}`}` },
                { name: t`Late`, end: true, cell: ({ rule }) => format.percent(Number(rule.late ?? 1)) },
                { name: t`Lease ended`, end: true, cell: ({ rule }) => format.percent(Number(rule.ended ?? 0)) },
                { name: t`Rejected`, end: true, cell: ({ rule }) => format.percent(Number(rule.rejected ?? 0)) },
                { name: t`Least for an hour`, cell: ({ rule }) => <Floors rule={rule} /> },
                { name: t`Set`, cell: ({ setAt }) => format.dateTime(setAt) },
              ]}
            />
          )}
          {editing ? (
            <RuleForm client={client} project={project} teams={teams} versions={items} mayAll={mayAll} onDone={() => setEditing(false)} />
          ) : (
            <Group>
              <Button variant="default" onClick={() => setEditing(true)} data-testid="edit-rule">
                {items.length === 0 ? <Trans>Enter a rule</Trans> : <Trans>New version</Trans>}
              </Button>
            </Group>
          )}
        </Stack>
      )}
    </QueryView>
  );
}

interface FormProps {
  client: string;
  project: string;
  teams: readonly { id: string; name: string }[];
  versions: readonly PayRuleVersion[];
  mayAll: boolean;
  onDone: () => void;
}

interface Draft {
  workforce: string;
  currency: string;
  unit: string;
  amount: string;
  review: string;
  late: string;
  ended: string;
  rejected: string;
  minutes: string;
  exams: boolean;
  floors: Floor[];
}

function draftOf(workforce: string, versions: readonly PayRuleVersion[]): Draft {
  const rule = versions.find((one) => (one.workforce ?? '') === workforce)?.rule;
  return {
    workforce,
    currency: rule?.currency ?? 'EUR',
    unit: rule?.price?.unit ?? 'task',
    amount: rule?.price?.amount ?? '',
    review: rule?.review ?? '',
    late: rule?.late ?? '1',
    ended: rule?.ended ?? '0',
    rejected: rule?.rejected ?? '0',
    minutes: rule?.minutes === undefined ? '' : String(rule.minutes),
    exams: rule?.exams ?? false,
    floors: Object.entries(rule?.floors ?? {}).map(([country, amount]) => ({ country, amount: amount ?? '' })),
  };
}

/** The next version of a rule. */
function ruleOf(draft: Draft): PayRule {
  const floors = draft.floors.filter(({ country, amount }) => country !== '' || amount.trim() !== '');
  return {
    currency: draft.currency,
    price: { unit: draft.unit, amount: draft.amount.trim() },
    late: draft.late.trim() || '1',
    ended: draft.ended.trim() || '0',
    rejected: draft.rejected.trim() || '0',
    exams: draft.exams,
    ...(draft.review.trim() ? { review: draft.review.trim() } : {}),
    ...(draft.minutes.trim() ? { minutes: Number(draft.minutes) } : {}),
    ...(floors.length > 0 ? { floors: Object.fromEntries(floors.map(({ country, amount }) => [country, amount.trim()])) } : {}),
  };
}

function RuleForm({ client, project, teams, versions, mayAll, onDone }: FormProps) {
  const { t } = useLingui();
  const { locale } = useFormat();
  const words = useVendorWords();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(mayAll ? '' : (teams[0]?.id ?? ''), versions));
  const newest = versions.find((one) => (one.workforce ?? '') === draft.workforce);
  const known = useMemo(() => currencies(locale, draft.currency), [locale, draft.currency]);
  const save = useMutation({
    mutationFn: () =>
      api.put<PayRuleVersion>(projectPath(client, project, 'pay', 'rule'), ruleOf(draft), {
        query: { workforce: draft.workforce || undefined },
        ifMatch: `"${newest?.version ?? 0}"`,
      }),
    onSuccess: ({ version }) => {
      void queryClient.invalidateQueries({ queryKey: projectKey(client, project) });
      // The first rule also pays what was done before it.
      void queryClient.invalidateQueries({ queryKey: payKey(client) });
      notify(t`Version ${version} of the rule is in force`);
      onDone();
    },
  });
  const problem = save.error instanceof ApiError ? save.error : null;
  const field = (name: 'amount' | 'review' | 'late' | 'ended' | 'rejected' | 'minutes', pointer: string) => ({
    inputMode: 'decimal' as const,
    value: draft[name],
    error: problem?.faultsAt(pointer)[0],
    onChange: (event: { currentTarget: { value: string } }) => setDraft({ ...draft, [name]: event.currentTarget.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="rule-form">
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} spacing="sm">
          <Select
            label={t`Workforce`}
            allowDeselect={false}
            data={[...(mayAll ? [{ value: '', label: t`Everybody else` }] : []), ...teams.map(({ id, name }) => ({ value: id, label: name }))]}
            value={draft.workforce}
            onChange={(workforce) => setDraft(draftOf(workforce ?? '', versions))}
          />
          <Select label={t`Currency`} searchable allowDeselect={false} data={known} value={draft.currency} error={problem?.faultsAt('/currency')[0]} onChange={(currency) => setDraft({ ...draft, currency: currency ?? '' })} />
          <Select
            label={t`Paid`}
            allowDeselect={false}
            data={['task', 'item', 'hour'].map((value) => ({ value, label: t`for ${words.unit(value)}` }))}
            value={draft.unit}
            onChange={(unit) => setDraft({ ...draft, unit: unit ?? 'task' })}
          />
          <TextInput label={t`Amount`} placeholder="0.12" {...field('amount', '/price/amount')} data-testid="rule-amount" />
          <TextInput label={t`A reviewer's decision`} placeholder="0.05" {...field('review', '/review')} />
          <TextInput label={t`Minutes an answer`} description={t`Shown until the ledger knows.`} inputWrapperOrder={['label', 'input', 'description', 'error']} {...field('minutes', '/minutes')} />
          <TextInput label={t`Share paid when late`} description={t`After the deadline of its batch, 0 to 1.`} inputWrapperOrder={['label', 'input', 'description', 'error']} {...field('late', '/late')} />
          <TextInput label={t`Share paid when the lease had ended`} description={t`The work is kept as a draft, 0 to 1.`} inputWrapperOrder={['label', 'input', 'description', 'error']} {...field('ended', '/ended')} />
          <TextInput label={t`Share kept when rejected`} description={t`Accepted work is never taken back.`} inputWrapperOrder={['label', 'input', 'description', 'error']} {...field('rejected', '/rejected')} />
          <Switch mt={28} label={t`Entry exams are paid`} checked={draft.exams} onChange={(event) => setDraft({ ...draft, exams: event.currentTarget.checked })} />
        </SimpleGrid>
        <FloorFields floors={draft.floors} fault={(country) => problem?.faultsAt(`/floors/${country}`)[0]} onChange={(floors) => setDraft({ ...draft, floors })} />
        <ProblemAlert error={save.error} hideFaults />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={save.isPending} data-testid="save-rule">
            <Trans>Save as version {(newest?.version ?? 0) + 1}</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
