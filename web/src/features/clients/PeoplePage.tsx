import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { clientsOf, holds, useSession } from '@/api/session';
import type { ClientRole } from '@/api/types';
import { IconPlus } from '@/design/icons';
import { Page } from '@/shared/Page';
import { CoursesSection } from '@/features/people/CoursesSection';
import { DocumentsSection } from '@/features/people/DocumentsSection';
import { StandingsSection } from '@/features/people/StandingsSection';
import { SecondFactorSection } from '@/features/account/SecondFactorSection';
import { InvitationsSection } from './InvitationsSection';
import { InviteForm } from './InviteForm';
import { PeopleSection } from './PeopleSection';
import { workforcesQuery } from './queries';
import { WorkforcesSection } from './WorkforcesSection';

const ALL_ROLES: readonly ClientRole[] = ['requester', 'annotator', 'reviewer', 'workforce_manager', 'quality_lead', 'auditor'];
const TEAM_ROLES: readonly ClientRole[] = ['annotator', 'reviewer'];

export function PeoplePage() {
  const { t } = useLingui();
  const { client } = useParams({ from: '/signed-in/shell/clients/$client/people' });
  const session = useSession();
  const requester = holds(session, client, 'requester');
  // A quality lead grants qualifications; who comes and goes is for others.
  const invites = holds(session, client, 'requester', 'workforce_manager');
  const ownWorkforce = session.roles.find((grant) => grant.client === client && grant.role === 'workforce_manager')?.workforce;
  const workforces = useQuery({ ...workforcesQuery(client), enabled: invites });
  const [inviting, { open, close }] = useDisclosure(false);
  const clientName = clientsOf(session).find((c) => c.slug === client)?.name ?? client;
  return (
    <Page
      title={t`People`}
      crumb={clientName}
      actions={
        invites ? (
          <Button leftSection={<IconPlus size={16} />} onClick={open} data-testid="invite">
            <Trans>Invite</Trans>
          </Button>
        ) : null
      }
    >
      <PeopleSection client={client} workforces={workforces.data ?? []} />
      {invites ? (
        <>
          <StandingsSection client={client} />
          <DocumentsSection client={client} workforces={workforces.data ?? []} fixedWorkforce={requester ? undefined : ownWorkforce} />
        </>
      ) : null}
      {invites || holds(session, client, 'quality_lead') ? <CoursesSection client={client} /> : null}
      {invites ? (
        <>
          <InvitationsSection client={client} />
          <WorkforcesSection client={client} workforces={workforces} mayAdd={requester} />
          <SecondFactorSection client={client} mayChange={requester} />
        </>
      ) : null}
      <Modal opened={inviting} onClose={close} title={t`Invite a person`} closeButtonProps={{ 'aria-label': t`Close` }}>
        <InviteForm
          client={client}
          roles={requester ? ALL_ROLES : TEAM_ROLES}
          workforces={workforces.data ?? []}
          fixedWorkforce={requester ? undefined : ownWorkforce}
          onDone={close}
        />
      </Modal>
    </Page>
  );
}
