import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Modal, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { holds, useSession } from '@/api/session';
import { IconPlus } from '@/design/icons';
import { useProjectParams } from '@/features/projects/useProjectParams';
import { EmptyState } from '@/shared/EmptyState';
import { QueryView } from '@/shared/QueryView';
import { NewReleaseForm } from './NewReleaseForm';
import { releasesQuery } from './queries';
import { ReleaseCard } from './ReleaseCard';
import { VerifySection } from './VerifySection';

export function ReleasesTab() {
  const { t } = useLingui();
  const { client, project } = useProjectParams();
  const requester = holds(useSession(), client, 'requester');
  const [making, { open, close }] = useDisclosure(false);
  const releases = useQuery(releasesQuery(client, project));
  const button = requester ? (
    <Button leftSection={<IconPlus size={16} />} onClick={open} data-testid="new-release">
      <Trans>New release</Trans>
    </Button>
  ) : null;
  return (
    <>
      <QueryView query={releases}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t`No release yet`} action={button}>
              <Trans>A release freezes the assets, every answer, the consensus and the audit proofs into one archive that anybody can verify.</Trans>
            </EmptyState>
          ) : (
            <Stack gap="md">
              <div>{button}</div>
              {[...items]
                .sort((a, b) => b.number - a.number)
                .map((release) => (
                  <ReleaseCard key={release.number} client={client} project={project} release={release} />
                ))}
              <VerifySection client={client} />
            </Stack>
          )
        }
      </QueryView>
      <Modal opened={making} onClose={close} title={t`New release`} closeButtonProps={{ 'aria-label': t`Close` }}>
        <NewReleaseForm client={client} project={project} onStarted={close} />
      </Modal>
    </>
  );
}
