import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, apiUrl } from '@/api/client';
import { clientsOf, holds, useSession } from '@/api/session';
import type { PayBalance, PayStatement } from '@/api/types';
import { projectsQuery } from '@/features/projects/queries';
import { vendorsQuery } from '@/features/vendors/queries';
import { IconDownload } from '@/design/icons';
import { Confirm } from '@/shared/Confirm';
import { DataTable } from '@/shared/DataTable';
import { EmptyState } from '@/shared/EmptyState';
import { notify } from '@/shared/notify';
import { Page } from '@/shared/Page';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { money } from './money';
import { balancesQuery, entriesQuery, payKey, payPath, statementsQuery } from './queries';
import { RulesSection } from './RulesSection';
import { usePayWords } from './usePayWords';

/** Who pays: rules, what is owed, statements to close and to pay, and the ledger behind them. */
export function PayPage() {
  const { t } = useLingui();
  const { client } = useParams({ from: '/signed-in/shell/clients/$client/pay' });
  const session = useSession();
  const clientName = clientsOf(session).find((c) => c.slug === client)?.name ?? client;
  const pays = holds(session, client, 'requester', 'workforce_manager');
  return (
    <Page title={t`Pay`} crumb={clientName} subtitle={t`What work pays, what is owed, and what was paid. Nothing in the ledger is ever changed.`}>
      {pays ? <RulesSection client={client} mayAll={holds(session, client, 'requester')} /> : null}
      <StatementsSection client={client} pays={pays} orders={holds(session, client, 'workforce_manager')} />
      <BalancesSection client={client} />
      <EntriesSection client={client} />
    </Page>
  );
}

function StatementsSection({ client, pays, orders }: { client: string; pays: boolean; orders: boolean }) {
  const { t } = useLingui();
  const statements = useQuery(statementsQuery(client));
  const [paying, setPaying] = useState<PayStatement | null>(null);
  return (
    <Section
      title={t`Statements`}
      subtitle={<Trans>Closed for good and numbered. What comes later stands on the next one.</Trans>}
      testId="statements"
      actions={
        <>
          {orders ? (
            <Button component="a" variant="default" href={apiUrl(payPath(client, 'orders'))} download leftSection={<IconDownload size={16} />} data-testid="payment-orders">
              <Trans>List to pay, with accounts</Trans>
            </Button>
          ) : null}
          {pays ? <CloseMonth client={client} /> : null}
        </>
      }
    >
      <QueryView query={statements}>
        {(items) => (items.length === 0 ? <EmptyState title={t`No statement yet`} /> : <StatementTable client={client} items={items} {...(pays ? { onPay: setPaying } : {})} />)}
      </QueryView>
      {paying ? <Payment key={paying.number} client={client} statement={paying} onDone={() => setPaying(null)} /> : null}
    </Section>
  );
}

function CloseMonth({ client }: { client: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const queryClient = useQueryClient();
  const [month, setMonth] = useState(() => new Date().toISOString().slice(0, 7));
  const [asked, setAsked] = useState(false);
  const close = useMutation({
    mutationFn: () => api.post<{ statements: number }>(payPath(client, 'statements'), { month }),
    onSuccess: ({ statements }) => {
      setAsked(false);
      void queryClient.invalidateQueries({ queryKey: payKey(client) });
      notify(statements === 0 ? t`Nothing was due` : t`Statements closed: ${statements}`);
    },
  });
  // A browser without a field for months lets anything be typed.
  const named = /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? format.month(month) : month;
  return (
    <Group gap="xs" wrap="nowrap">
      <TextInput type="month" aria-label={t`Month`} value={month} onChange={(event) => setMonth(event.currentTarget.value)} />
      <Button onClick={() => setAsked(true)} data-testid="close-month">
        <Trans>Close the month</Trans>
      </Button>
      <Confirm opened={asked} title={t`Close ${named}`} act={t`Close the month`} pending={close.isPending} error={close.error} onConfirm={() => close.mutate()} onClose={() => setAsked(false)}>
        <Text size="sm">
          <Trans>Everybody whom you pay gets a statement of what is due. It cannot be opened again, and a rejection takes nothing back of what stands on it.</Trans>
        </Text>
      </Confirm>
    </Group>
  );
}

function StatementTable({ client, items, onPay }: { client: string; items: readonly PayStatement[]; onPay?: (statement: PayStatement) => void }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <DataTable
      testId="statement-list"
      minWidth={720}
      items={items}
      keyOf={({ number }) => number}
      columns={[
        { name: t`Statement`, cell: ({ number, month }) => `${number} · ${format.month(month)}` },
        { name: t`Person`, cell: ({ person, name }) => name ?? <code>{person}</code> },
        { name: t`Amount`, end: true, cell: ({ amount, currency }) => money(format.locale, amount, currency) },
        {
          name: t`State`,
          cell: ({ paidAt, reference }) => (
            <Badge color={paidAt ? 'verdigris' : 'gray'} variant="light" title={reference}>
              {paidAt ? t`paid ${format.date(paidAt)}` : t`waits for payment`}
            </Badge>
          ),
        },
        {
          name: t`Actions`,
          quiet: true,
          end: true,
          cell: (statement) => (
            <Group gap="xs" justify="flex-end" wrap="nowrap">
              <Button component="a" size="compact-sm" variant="subtle" href={apiUrl(payPath(client, 'statements', statement.number, 'csv'))} download aria-label={t`Statement ${statement.number} as CSV`}>
                CSV
              </Button>
              {onPay && !statement.paidAt ? (
                <Button size="compact-sm" variant="default" onClick={() => onPay(statement)} data-testid={`pay-${statement.number}`}>
                  <Trans>Note payment</Trans>
                </Button>
              ) : null}
            </Group>
          ),
        },
      ]}
    />
  );
}

function Payment({ client, statement, onDone }: { client: string; statement: PayStatement; onDone: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const queryClient = useQueryClient();
  const [reference, setReference] = useState('');
  const pay = useMutation({
    mutationFn: () => api.post<PayStatement>(payPath(client, 'statements', statement.number, 'payment'), { reference }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: payKey(client) });
      notify(t`The payment is noted`);
      onDone();
    },
  });
  return (
    <Confirm
      opened
      title={t`Note the payment of statement ${statement.number}`}
      act={t`Note payment`}
      disabled={reference.trim() === ''}
      pending={pay.isPending}
      error={pay.error}
      onConfirm={() => pay.mutate()}
      onClose={onDone}
    >
      <Text size="sm">
        <Trans>{money(format.locale, statement.amount, statement.currency)} left for the person's account. This can be noted once.</Trans>
      </Text>
      <TextInput label={t`Reference`} description={t`Under which the money left.`} value={reference} onChange={(event) => setReference(event.currentTarget.value)} data-testid="payment-reference" />
    </Confirm>
  );
}

function BalancesSection({ client }: { client: string }) {
  const { t } = useLingui();
  const balances = useQuery(balancesQuery(client));
  return (
    <Section title={t`Balances`} subtitle={<Trans>What stands on each account. All of one currency add up to nothing.</Trans>} testId="balances">
      <QueryView query={balances}>{(items) => (items.length === 0 ? <EmptyState title={t`The ledger is empty`} /> : <Balances client={client} items={items} />)}</QueryView>
    </Section>
  );
}

function Balances({ client, items }: { client: string; items: readonly PayBalance[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const words = usePayWords();
  const projects = useQuery(projectsQuery(client)).data ?? [];
  const teams = (useQuery(vendorsQuery(client)).data ?? []).flatMap((vendor) => vendor.workforces);
  const nameOf = (id: string | undefined) => projects.find((project) => project.id === id)?.name ?? '';
  return (
    <DataTable
      testId="balance-list"
      items={items}
      keyOf={(one) => `${one.account} ${one.project ?? ''} ${one.workforce ?? ''} ${one.currency}`}
      columns={[
        { name: t`Account`, cell: ({ account }) => words.account(account) },
        { name: t`Project`, cell: ({ project }) => nameOf(project) },
        { name: t`Workforce`, cell: ({ workforce }) => teams.find((team) => team.id === workforce)?.name ?? '' },
        { name: t`Amount`, end: true, cell: ({ amount, currency }) => money(format.locale, amount, currency) },
      ]}
    />
  );
}

function EntriesSection({ client }: { client: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const words = usePayWords();
  const entries = useQuery(entriesQuery(client));
  return (
    <Section title={t`Newest entries`} testId="entries">
      <QueryView query={entries}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t`The ledger is empty`} />
          ) : (
            <DataTable
              testId="entry-list"
              minWidth={720}
              items={items}
              keyOf={({ id }) => id}
              columns={[
                { name: t`Entry`, cell: ({ id }) => id },
                { name: t`For`, cell: ({ kind, reason }) => [words.kind(kind), reason].filter(Boolean).join(': ') },
                { name: t`Person`, cell: ({ person }) => <code>{person}</code> },
                { name: t`When`, cell: ({ workedAt }) => format.dateTime(workedAt) },
                { name: t`Debit`, cell: ({ debit }) => words.account(debit) },
                { name: t`Credit`, cell: ({ credit }) => words.account(credit) },
                { name: t`Amount`, end: true, cell: ({ amount, currency }) => money(format.locale, amount, currency) },
              ]}
            />
          )
        }
      </QueryView>
    </Section>
  );
}
