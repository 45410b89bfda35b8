import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Badge, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { holds, useSession } from '@/api/session';
import type { Vendor } from '@/api/types';
import { LinkAnchor } from '@/shared/links';
import { Page } from '@/shared/Page';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { usePlaces } from '@/shared/usePlaces';
import { ContractSection } from './ContractSection';
import { DrainSection } from './DrainSection';
import { LevelsSection } from './LevelsSection';
import { HandOversSection } from './HandOversSection';
import { vendorQuery } from './queries';
import { StopView } from './ReadinessSection';
import { useVendorWords } from './useVendorWords';

/** One vendor or in-house team: its teams, what was agreed, what would follow without it, and the way out. */
export function VendorPage() {
  const { client, vendor } = useParams({ from: '/signed-in/shell/clients/$client/vendors/$vendor' });
  const query = useQuery(vendorQuery(client, vendor));
  return (
    <QueryView query={query} skeleton={<Page title="…">{null}</Page>}>
      {(data) => <Told client={client} vendor={data} />}
    </QueryView>
  );
}

function Told({ client, vendor }: { client: string; vendor: Vendor }) {
  const { t } = useLingui();
  const session = useSession();
  const places = usePlaces();
  const words = useVendorWords();
  const requester = holds(session, client, 'requester');
  const drained = vendor.workforces.every((team) => team.drained);
  return (
    <Page
      title={vendor.name}
      crumb={
        <LinkAnchor to="/clients/$client/vendors" params={{ client }}>
          <Trans>Vendors</Trans>
        </LinkAnchor>
      }
      subtitle={
        <Group gap="sm">
          <span>{words.kind(vendor.kind)}</span>
          {vendor.country ? <span>{places.countryName(vendor.country)}</span> : null}
          {drained ? <Badge color="red" data-testid="vendor-drained">{t`drained`}</Badge> : null}
        </Group>
      }
    >
      <Stack gap="md">
        <Section title={t`Workforces`}>
          <Stack gap={6}>
            {vendor.workforces.map((team) => (
              <Group key={team.id} justify="space-between">
                <Group gap="xs">
                  <Text size="sm" fw={550}>
                    {team.name}
                  </Text>
                  {team.drained ? <Badge color="red">{t`drained`}</Badge> : null}
                </Group>
                <Text size="sm" c="dimmed">
                  <Plural value={team.people} one="# person" other="# people" />
                </Text>
              </Group>
            ))}
          </Stack>
        </Section>
        {holds(session, client, 'requester', 'auditor', 'workforce_manager') ? <ContractSection client={client} vendor={vendor} mayChange={requester} /> : null}
        {holds(session, client, 'requester', 'auditor', 'workforce_manager') ? <LevelsSection client={client} vendor={vendor.id} /> : null}
        {holds(session, client, 'requester', 'quality_lead', 'auditor') ? (
          <Section title={t`If it stopped tomorrow`} subtitle={t`Nothing is changed by asking.`}>
            <StopView client={client} vendor={vendor.id} />
          </Section>
        ) : null}
        {holds(session, client, 'requester', 'auditor') ? <HandOversSection client={client} vendor={vendor.id} /> : null}
        {requester ? <DrainSection client={client} vendor={vendor} drained={drained} /> : null}
      </Stack>
    </Page>
  );
}
