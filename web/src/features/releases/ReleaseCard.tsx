import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Badge, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { apiUrl } from '@/api/client';
import type { Release } from '@/api/types';
import { IconDownload } from '@/design/icons';
import { projectPath } from '@/features/projects/queries';
import { useMethods } from '@/features/quality/useMethods';
import { CopyField } from '@/shared/CopyField';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';

/** One release: being built, ready to take, or failed with its reason. */
export function ReleaseCard({ client, project, release }: { client: string; project: string; release: Release }) {
  const { t } = useLingui();
  const format = useFormat();
  const methods = useMethods();
  return (
    <Section
      title={t`Release ${release.number}`}
      testId={`release-${release.number}`}
      subtitle={
        <Group gap="md">
          <span>{format.dateTime(release.createdAt)}</span>
          <Badge color="gray">{methods[release.method].name}</Badge>
          {release.assets === null ? null : (
            <span>
              <Plural value={release.assets} one="# asset" other="# assets" />
            </span>
          )}
          {release.size === null || release.state !== 'ready' ? null : <span>{format.bytes(release.size)}</span>}
        </Group>
      }
      actions={
        release.state === 'ready' ? (
          <Button
            component="a"
            href={apiUrl(projectPath(client, project, 'releases', release.number, 'archive'))}
            download
            leftSection={<IconDownload size={16} />}
            data-testid={`download-${release.number}`}
          >
            <Trans>Download</Trans>
          </Button>
        ) : null
      }
    >
      <Body release={release} />
    </Section>
  );
}

function Body({ release }: { release: Release }) {
  const { t } = useLingui();
  switch (release.state) {
    case 'building':
      return <Building release={release} />;
    case 'failed':
      return (
        <Alert color="red" title={t`The release could not be built`}>
          {release.failure}
        </Alert>
      );
    case 'ready':
      return (
        <Stack gap="sm">
          {release.manifestSha256 ? <CopyField label={t`Manifest, SHA-256`} value={release.manifestSha256} testId={`manifest-${release.number}`} /> : null}
          {release.auditIndex === null ? null : (
            <Text size="sm" c="dimmed">
              <Trans>Sealed in the audit log as entry {release.auditIndex}.</Trans>
            </Text>
          )}
        </Stack>
      );
  }
}

function Building({ release }: { release: Release }) {
  const { t } = useLingui();
  const { done, total } = release.progress;
  return (
    <div data-testid={`building-${release.number}`} aria-live="polite">
      <Text size="sm" mb={6} className="tabular">
        {total > 0 ? t`Building: ${done} of ${total}` : t`Building…`}
      </Text>
      <Progress value={total > 0 ? (100 * done) / total : 100} animated={total === 0} size="sm" aria-label={t`Building of release ${release.number}`} />
    </div>
  );
}
