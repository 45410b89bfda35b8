import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { clientsOf, useSession } from '@/api/session';
import type { Ownership } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { EmptyState } from '@/shared/EmptyState';
import { Page } from '@/shared/Page';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { OwnershipGraph } from './OwnershipGraph';
import { ownershipQuery } from './queries';
import { StakeTable } from './StakeTable';

/** Who stands above a client's vendors, on any day. */
export function OwnershipPage() {
  const { t } = useLingui();
  const { client } = useParams({ from: '/signed-in/shell/clients/$client/ownership' });
  const { asOf } = useSearch({ from: '/signed-in/shell/clients/$client/ownership' });
  const navigate = useNavigate();
  const session = useSession();
  const ownership = useQuery(ownershipQuery(client, asOf));
  const go = (day: string) => void navigate({ to: '/clients/$client/ownership', params: { client }, search: day ? { asOf: day } : {}, replace: true });
  return (
    <Page
      title={t`Ownership`}
      crumb={clientsOf(session).find((c) => c.slug === client)?.name ?? client}
      subtitle={t`Who owns the vendors that work for you, as the operator's register has it.`}
      actions={
        <Group gap="xs" align="flex-end">
          <TextInput type="date" label={t`As of`} value={asOf ?? ''} onChange={(event) => go(event.currentTarget.value)} data-testid="as-of" />
          {asOf ? (
            <Button variant="default" onClick={() => go('')}>
              <Trans>Today</Trans>
            </Button>
          ) : null}
        </Group>
      }
    >
      <QueryView query={ownership}>
        {(found) =>
          found.vendors.length === 0 ? (
            <EmptyState title={t`No vendor works here`}>
              <Trans>A workforce of a vendor names its organisation; the graph above it is shown here.</Trans>
            </EmptyState>
          ) : (
            <Found ownership={found} />
          )
        }
      </QueryView>
    </Page>
  );
}

function Found({ ownership }: { ownership: Ownership }) {
  const { t } = useLingui();
  const format = useFormat();
  const nameOf = (id: string) => ownership.organisations.find((one) => one.id === id)?.name ?? `${id.slice(0, 8)}…`;
  const holdings = [...ownership.holdings].sort((a, b) => b.percent - a.percent);
  return (
    <Stack gap="lg">
      <Section title={t`Graph`}>
        <OwnershipGraph ownership={ownership} />
      </Section>
      {holdings.length > 0 ? (
        <Section title={t`What they hold of your vendors`} subtitle={t`Directly and through others: links of a chain are multiplied, chains are added up, what is controlled is held whole.`}>
          <DataTable
            testId="holdings"
            items={holdings}
            keyOf={({ owner, vendor }) => `${owner} ${vendor}`}
            columns={[
              { name: t`Owner`, cell: ({ owner }) => nameOf(owner) },
              { name: t`Vendor`, cell: ({ vendor }) => nameOf(vendor) },
              { name: t`Holds`, cell: ({ percent }) => format.percent(percent / 100, 4), end: true },
              { name: t`Control`, cell: ({ controls }) => (controls ? <Badge color="brass">{t`Controls it`}</Badge> : null) },
            ]}
          />
        </Section>
      ) : null}
      <Section title={t`Stakes`}>
        <StakeTable stakes={ownership.stakes} nameOf={nameOf} />
      </Section>
      <Section title={t`Vendors and their workforces`}>
        <DataTable
          testId="vendors"
          items={ownership.vendors}
          keyOf={({ workforce }) => workforce}
          columns={[
            { name: t`Workforce`, cell: ({ name }) => name },
            { name: t`Vendor`, cell: ({ organisation }) => nameOf(organisation) },
          ]}
        />
      </Section>
    </Stack>
  );
}
