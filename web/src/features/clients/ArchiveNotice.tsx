import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useFormat } from '@/shared/useFormat';
import { archiveQuery } from './queries';

/** Tells an operator that what restorations to a point in time need is not being kept. Renders nothing while all is well. */
export function ArchiveNotice() {
  const { t } = useLingui();
  const format = useFormat();
  const { data: archive } = useQuery(archiveQuery);
  if (archive?.state !== 'failing' && archive?.state !== 'behind') return null;
  const failing = archive.state === 'failing';
  return (
    <Alert
      role="alert"
      color={failing ? 'red' : 'brass'}
      variant="light"
      title={failing ? t`Nothing is archived` : t`The archive is behind`}
      data-testid="archive-notice"
    >
      <Stack gap={6}>
        <Text size="sm">{archive.reason}</Text>
        <Text size="sm">
          {archive.archivedAt ? (
            <Trans>Of what was written after {format.dateTime(archive.archivedAt)}, only the disk of the data directory has a copy.</Trans>
          ) : (
            <Trans>Only the disk of the data directory has a copy of what was written.</Trans>
          )}
        </Text>
      </Stack>
    </Alert>
  );
}
