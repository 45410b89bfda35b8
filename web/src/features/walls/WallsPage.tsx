import { useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { clientsOf, useSession } from '@/api/session';
import { Page } from '@/shared/Page';
import { ClosingsSection } from './ClosingsSection';
import { ExportRequestsSection } from './ExportRequestsSection';
import { RulesSection } from './RulesSection';

/** Who may not work for this client: the rules, whom they shut out, and leave to export. */
export function WallsPage() {
  const { t } = useLingui();
  const { client } = useParams({ from: '/signed-in/shell/clients/$client/walls' });
  const session = useSession();
  return (
    <Page
      title={t`Walls`}
      crumb={clientsOf(session).find((c) => c.slug === client)?.name ?? client}
      subtitle={t`Rules about who may not work for this client. They are decided at every act, and bite at once.`}
    >
      <RulesSection client={client} />
      <ClosingsSection client={client} />
      <ExportRequestsSection client={client} />
    </Page>
  );
}
