import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Badge, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { clientsOf, holds, useSession } from '@/api/session';
import type { Vendor } from '@/api/types';
import { EmptyState } from '@/shared/EmptyState';
import { LinkAnchor, LinkButton } from '@/shared/links';
import { Page } from '@/shared/Page';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { usePlaces } from '@/shared/usePlaces';
import { shutOutQuery } from '@/features/walls/queries';
import { ConcentrationSection } from './ConcentrationSection';
import { vendorsQuery } from './queries';
import { ReadinessSection } from './ReadinessSection';
import { useVendorWords } from './useVendorWords';

/** Who works for a client, and how much hangs on each of them. */
export function VendorsPage() {
  const { t } = useLingui();
  const { client } = useParams({ from: '/signed-in/shell/clients/$client/vendors' });
  const session = useSession();
  const vendors = useQuery(vendorsQuery(client));
  const seesAll = holds(session, client, 'requester', 'quality_lead', 'auditor');
  const seesContracts = holds(session, client, 'requester', 'auditor', 'workforce_manager');
  const clientName = clientsOf(session).find((c) => c.slug === client)?.name ?? client;
  return (
    <Page title={t`Vendors`} crumb={clientName} subtitle={t`Organisations and in-house teams that work for this client.`}>
      <QueryView query={vendors}>
        {(items) =>
          items.length === 0 ? (
            <NoVendors client={client} mayAdd={holds(session, client, 'requester')} />
          ) : (
            <Stack gap="md">
              <VendorTable client={client} vendors={items} seesContracts={seesContracts} />
              {seesAll ? (
                <>
                  <ConcentrationSection client={client} />
                  <ReadinessSection client={client} vendors={items} />
                </>
              ) : null}
            </Stack>
          )
        }
      </QueryView>
    </Page>
  );
}

function NoVendors({ client, mayAdd }: { client: string; mayAdd: boolean }) {
  const { t } = useLingui();
  return (
    <EmptyState
      title={t`Nobody works here yet`}
      action={
        mayAdd ? (
          <LinkButton to="/clients/$client/people" params={{ client }} variant="default" mt="xs">
            <Trans>To the workforces</Trans>
          </LinkButton>
        ) : null
      }
    >
      <Trans>A vendor appears with its first workforce; an in-house team stands for itself.</Trans>
    </EmptyState>
  );
}

function VendorTable({ client, vendors, seesContracts }: { client: string; vendors: readonly Vendor[]; seesContracts: boolean }) {
  const { t } = useLingui();
  const seesWalls = holds(useSession(), client, 'requester', 'quality_lead', 'auditor');
  const shutOut = useQuery({ ...shutOutQuery(client), enabled: seesWalls }).data ?? [];
  return (
    <Section title={t`Who works here`}>
      <Table.ScrollContainer minWidth={640}>
        <Table data-testid="vendors">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t`Name`}</Table.Th>
              <Table.Th>{t`Kind`}</Table.Th>
              <Table.Th>{t`Workforces`}</Table.Th>
              <Table.Th ta="end">{t`People`}</Table.Th>
              {seesContracts ? <Table.Th>{t`Contract`}</Table.Th> : null}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {vendors.map((vendor) => (
              <VendorRow key={vendor.id} client={client} vendor={vendor} seesContracts={seesContracts} shutOut={shutOut} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

interface RowProps {
  client: string;
  vendor: Vendor;
  seesContracts: boolean;
  /** The workforces before which a wall stands closed. */
  shutOut: readonly string[];
}

function VendorRow({ client, vendor, seesContracts, shutOut }: RowProps) {
  const places = usePlaces();
  const words = useVendorWords();
  const drained = vendor.workforces.every((team) => team.drained);
  const walled = vendor.workforces.some((team) => shutOut.includes(team.id));
  return (
    <Table.Tr data-testid={`vendor-${vendor.id}`}>
      <Table.Td>
        <Group gap="xs">
          <LinkAnchor to="/clients/$client/vendors/$vendor" params={{ client, vendor: vendor.id }} size="sm" fw={550}>
            {vendor.name}
          </LinkAnchor>
          {drained ? (
            <Badge color="red">
              <Trans>drained</Trans>
            </Badge>
          ) : null}
          {walled ? (
            <Badge color="red">
              <Trans>wall closed</Trans>
            </Badge>
          ) : null}
        </Group>
        {vendor.country ? (
          <Text size="xs" c="dimmed">
            {places.countryName(vendor.country)}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td>{words.kind(vendor.kind)}</Table.Td>
      <Table.Td>{vendor.workforces.map((team) => team.name).join(', ')}</Table.Td>
      <Table.Td ta="end">{vendor.workforces.reduce((sum, team) => sum + team.people, 0)}</Table.Td>
      {seesContracts ? (
        <Table.Td>
          <ContractLine vendor={vendor} />
        </Table.Td>
      ) : null}
    </Table.Tr>
  );
}

function ContractLine({ vendor }: { vendor: Vendor }) {
  const format = useFormat();
  if (!vendor.contract) {
    return (
      <Text size="sm" c="dimmed">
        <Trans context="contract">none</Trans>
      </Text>
    );
  }
  const { contract, version } = vendor.contract;
  const prices = contract.prices?.length ?? 0;
  return (
    <>
      <Text size="sm">
        <Trans>
          Version {version}, {contract.currency}, <Plural value={prices} one="# price" other="# prices" />
        </Trans>
      </Text>
      {contract.from ? (
        <Text size="xs" c="dimmed">
          {contract.to ? (
            <Trans>
              {format.date(contract.from)} to {format.date(contract.to)}
            </Trans>
          ) : (
            <Trans>since {format.date(contract.from)}</Trans>
          )}
        </Text>
      ) : null}
    </>
  );
}
