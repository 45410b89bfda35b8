import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { clientsOf, useSession } from '@/api/session';
import { GlassSection } from '@/features/glass/GlassSection';
import { Page } from '@/shared/Page';
import { QueryView } from '@/shared/QueryView';
import { ClientKeySection } from './ClientKeySection';
import { keysQuery } from './queries';
import { ProjectKeysSection } from './ProjectKeysSection';
import { UnwrapsSection } from './UnwrapsSection';

/** A client's keys, each use of them, and operators who look. */
export function KeysPage() {
  const { t } = useLingui();
  const { client } = useParams({ from: '/signed-in/shell/clients/$client/keys' });
  const session = useSession();
  const keys = useQuery(keysQuery(client));
  return (
    <Page
      title={t`Keys and access`}
      crumb={clientsOf(session).find((c) => c.slug === client)?.name ?? client}
      subtitle={t`One key of yours lies over everything that is yours here. Take it away, and nothing opens.`}
    >
      <QueryView query={keys}>
        {(found) => (
          <>
            <ClientKeySection client={client} keys={found} />
            <ProjectKeysSection client={client} keys={found} />
          </>
        )}
      </QueryView>
      <GlassSection client={client} />
      <UnwrapsSection client={client} provider={keys.data?.provider} />
    </Page>
  );
}
