import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { apiUrl, path } from '@/api/client';
import { clientsOf, holds, useSession } from '@/api/session';
import type { MyPay, PayLine, PayStatement } from '@/api/types';
import { IconDownload } from '@/design/icons';
import { workQuery } from '@/features/work/queries';
import { DataTable } from '@/shared/DataTable';
import { Page } from '@/shared/Page';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { IdentitySection } from './IdentitySection';
import { money } from './money';
import { myPayQuery, payPath } from './queries';
import { usePayWords } from './usePayWords';

/** What a person earned, client by client, with his statements; where his pay goes; and all that is held of him. */
export function MyPayPage() {
  const { t } = useLingui();
  const session = useSession();
  const clients = clientsOf(session).filter(({ slug }) => holds(session, slug, 'annotator', 'reviewer'));
  return (
    <Page title={t`My pay`} subtitle={t`What you earned, what stands on a statement, and where your pay goes.`} width={980}>
      {clients.map(({ slug, name }) => (
        <ClientPay key={slug} client={slug} name={name} />
      ))}
      <IdentitySection />
      <Section
        title={t`All that is held of you`}
        subtitle={<Trans>One file: your account, languages and identity, and at each client your roles, qualifications, work, appeals and pay. Each client's log tells that you took it.</Trans>}
        testId="own-record"
      >
        <Button component="a" variant="default" href={apiUrl(path('me', 'record'))} download leftSection={<IconDownload size={16} />} data-testid="download-record">
          <Trans>Download my record</Trans>
        </Button>
      </Section>
    </Page>
  );
}

function ClientPay({ client, name }: { client: string; name: string }) {
  const pay = useQuery(myPayQuery(client));
  return (
    <Section title={name} testId={`pay-${client}`}>
      <QueryView query={pay}>{(mine) => <Earned client={client} mine={mine} />}</QueryView>
    </Section>
  );
}

function Earned({ client, mine }: { client: string; mine: MyPay }) {
  const { locale } = useFormat();
  return (
    <Stack gap="md">
      {mine.open.length === 0 && mine.statements.length === 0 ? (
        <Text size="sm" c="dimmed">
          <Trans>Nothing earned yet. What a task pays stands beside it on your page of work.</Trans>
        </Text>
      ) : null}
      {mine.open.map(({ currency, amount }) => (
        <div key={currency}>
          <Text size="sm" c="dimmed">
            <Trans>Earned and on no statement yet</Trans>
          </Text>
          <Text fz={28} fw={600} className="tabular" data-testid={`open-${currency}`}>
            {money(locale, amount, currency)}
          </Text>
        </div>
      ))}
      {mine.lines.length > 0 ? <Lines lines={mine.lines} /> : null}
      {mine.statements.length > 0 ? <Statements client={client} statements={mine.statements} /> : null}
    </Stack>
  );
}

function Lines({ lines }: { lines: readonly PayLine[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const words = usePayWords();
  const work = useQuery(workQuery).data?.items ?? [];
  const codeName = (project: string | undefined) => work.find((one) => one.project === project)?.codeName ?? '';
  return (
    <DataTable
      testId="pay-lines"
      caption={t`Earned and on no statement yet`}
      items={lines}
      keyOf={(line) => `${line.day} ${line.project ?? ''} ${line.kind} ${line.currency}`}
      columns={[
        { name: t`Day`, cell: ({ day }) => format.day(day) },
        { name: t`For`, cell: ({ kind }) => words.kind(kind) },
        { name: t`Project`, cell: ({ project }) => codeName(project) },
        { name: t`Number`, end: true, cell: ({ count }) => format.number(count) },
        { name: t`Minutes`, end: true, cell: ({ seconds }) => format.number(seconds / 60, { maximumFractionDigits: 1 }) },
        { name: t`Amount`, end: true, cell: ({ amount, currency }) => money(format.locale, amount, currency) },
      ]}
    />
  );
}

function Statements({ client, statements }: { client: string; statements: readonly PayStatement[] }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <DataTable
      testId="my-statements"
      caption={t`Statements`}
      items={statements}
      keyOf={({ number }) => number}
      columns={[
        { name: t`Statement`, cell: ({ number, month }) => `${number} · ${format.month(month)}` },
        { name: t`Closed`, cell: ({ closedAt }) => format.date(closedAt) },
        {
          name: t`State`,
          cell: ({ paidAt }) => (
            <Badge color={paidAt ? 'verdigris' : 'gray'} variant="light">
              {paidAt ? t`paid ${format.date(paidAt)}` : t`waits for payment`}
            </Badge>
          ),
        },
        { name: t`Amount`, end: true, cell: ({ amount, currency }) => money(format.locale, amount, currency) },
        {
          name: t`Actions`,
          quiet: true,
          end: true,
          cell: ({ number }) => (
            <Group gap="xs" justify="flex-end">
              <Button component="a" size="compact-sm" variant="subtle" href={apiUrl(payPath(client, 'me', 'statements', number, 'csv'))} download aria-label={t`Statement ${number} as CSV`}>
                CSV
              </Button>
            </Group>
          ),
        },
      ]}
    />
  );
}
