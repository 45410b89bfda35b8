import { useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { clientsOf, useSession } from '@/api/session';
import { Page } from '@/shared/Page';
import { ArchivesSection } from './ArchivesSection';
import { ConsentSection } from './ConsentSection';

/** Taking everything along, and agreeing to the end here. */
export function ExitPage() {
  const { t } = useLingui();
  const { client } = useParams({ from: '/signed-in/shell/clients/$client/exit' });
  const session = useSession();
  return (
    <Page
      title={t`Leaving`}
      crumb={clientsOf(session).find((c) => c.slug === client)?.name ?? client}
      subtitle={t`Take everything along whenever you like. Nothing is destroyed before two persons have agreed.`}
    >
      <ArchivesSection client={client} />
      <ConsentSection client={client} />
    </Page>
  );
}
