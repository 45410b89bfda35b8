import { useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { clientsOf, useSession } from '@/api/session';
import { Page } from '@/shared/Page';
import { AuditView } from './AuditView';

export function AuditPage() {
  const { t } = useLingui();
  const { client } = useParams({ from: '/signed-in/shell/clients/$client/audit' });
  const session = useSession();
  return (
    <Page
      title={t`Audit log`}
      crumb={clientsOf(session).find((c) => c.slug === client)?.name ?? client}
      subtitle={t`Who saw, uploaded, answered, exported what. Entries are hashed into a tree whose head is signed: none can change unseen.`}
    >
      <AuditView client={client} />
    </Page>
  );
}
