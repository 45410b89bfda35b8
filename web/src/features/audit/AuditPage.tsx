import { useLingui } from '@lingui/react/macro';
import { Stack, Tabs } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { clientsOf, useSession } from '@/api/session';
import { Page } from '@/shared/Page';
import { AuditView } from './AuditView';
import { ExposureView } from './ExposureView';
import { OutgoingView } from './OutgoingView';
import { SightingsView } from './SightingsView';
import { UnlinkingSection } from './UnlinkingSection';
import { isAuditView, type AuditSearch, type AuditViewName } from './search';

/** A client's log, and the questions that one asks it. */
export function AuditPage() {
  const { t } = useLingui();
  const { client } = useParams({ from: '/signed-in/shell/clients/$client/audit' });
  const search: AuditSearch = useSearch({ from: '/signed-in/shell/clients/$client/audit' });
  const navigate = useNavigate();
  const session = useSession();
  const names: Record<AuditViewName, string> = {
    entries: t`Entries`,
    asset: t`Who saw an asset`,
    person: t`What a person saw`,
    outgoing: t`What left`,
    exposure: t`Exposure report`,
  };
  const go = (next: AuditSearch) => void navigate({ to: '/clients/$client/audit', params: { client }, search: next });
  const view = search.view ?? 'entries';
  return (
    <Page
      title={t`Audit log`}
      crumb={clientsOf(session).find((c) => c.slug === client)?.name ?? client}
      subtitle={t`Who saw, uploaded, answered, exported what. Entries are hashed into a tree whose head is signed: none can change unseen.`}
    >
      <Tabs value={view} onChange={(chosen) => isAuditView(chosen) && go(chosen === 'entries' ? {} : { view: chosen })} keepMounted={false}>
        <Tabs.List mb="md">
          {Object.entries(names).map(([value, name]) => (
            <Tabs.Tab key={value} value={value} data-testid={`audit-tab-${value}`}>
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="entries">
          <AuditView client={client} />
        </Tabs.Panel>
        <Tabs.Panel value="asset">
          <SightingsView key="asset" client={client} by="asset" of={search.of} onAsk={go} />
        </Tabs.Panel>
        <Tabs.Panel value="person">
          <Stack gap="md">
            <SightingsView key="person" client={client} by="person" of={search.of} onAsk={go} />
            <UnlinkingSection client={client} />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="outgoing">
          <OutgoingView client={client} />
        </Tabs.Panel>
        <Tabs.Panel value="exposure">
          <ExposureView client={client} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
