import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Badge, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, apiUrl, path } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { ClientArchive } from '@/api/types';
import { IconDownload } from '@/design/icons';
import { CopyField } from '@/shared/CopyField';
import { EmptyState } from '@/shared/EmptyState';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { archivesQuery } from './queries';

/** Archives of everything; the server keeps the newest one's file. */
export function ArchivesSection({ client }: { client: string }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const requester = holds(useSession(), client, 'requester');
  const archives = useQuery(archivesQuery(client));
  const order = useMutation({
    mutationFn: () => api.post<ClientArchive>(path('clients', client, 'exit', 'exports')),
    onSettled: () => queryClient.invalidateQueries({ queryKey: archivesQuery(client).queryKey }),
  });
  const building = archives.data?.some(({ state }) => state === 'building') ?? false;
  return (
    <Section
      title={t`Archives of everything`}
      subtitle={t`People, projects, assets, answers, releases and the whole audit log as one moment saw them. Work goes on meanwhile.`}
      testId="archives"
      actions={
        requester ? (
          <Button disabled={building} loading={order.isPending} onClick={() => order.mutate()} data-testid="order-archive">
            <Trans>Order an archive</Trans>
          </Button>
        ) : null
      }
    >
      <Stack gap="md">
        <ProblemAlert error={order.error} />
        <QueryView query={archives}>
          {(items) => {
            const newest = items.find(({ state }) => state === 'ready')?.id;
            return items.length === 0 ? (
              <EmptyState title={t`No archive yet`}>
                <Trans>An archive restores this client on another installation, and is checked offline to its last byte.</Trans>
              </EmptyState>
            ) : (
              items.map((archive) => <Archive key={archive.id} client={client} archive={archive} takeable={requester && archive.id === newest} />)
            );
          }}
        </QueryView>
      </Stack>
    </Section>
  );
}

function Archive({ client, archive, takeable }: { client: string; archive: ClientArchive; takeable: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <Stack gap="xs" data-testid={`archive-${archive.id}`}>
      <Group justify="space-between">
        <Group gap="sm">
          <Text fw={550}>{format.dateTime(archive.createdAt)}</Text>
          <StateBadge state={archive.state} />
          {archive.size === null ? null : (
            <Text size="sm" c="dimmed">
              {format.bytes(archive.size)}
              {archive.files === null ? null : (
                <>
                  {' · '}
                  <Plural value={archive.files} one="# file" other="# files" />
                </>
              )}
              {archive.entries === null ? null : (
                <>
                  {' · '}
                  <Plural value={archive.entries} one="# entry of the log" other="# entries of the log" />
                </>
              )}
            </Text>
          )}
        </Group>
        {takeable ? (
          <Button component="a" size="xs" href={apiUrl(path('clients', client, 'exit', 'exports', archive.id, 'file'))} download leftSection={<IconDownload size={16} />}>
            <Trans>Download</Trans>
          </Button>
        ) : null}
      </Group>
      {archive.failure ? (
        <Alert color="red" title={t`The archive could not be written`}>
          {archive.failure}
        </Alert>
      ) : null}
      {takeable ? (
        <>
          {archive.content ? <CopyField label={t`Digest of the content`} value={archive.content} /> : null}
          {archive.sha256 ? <CopyField label={t`Digest of the file, SHA-256`} value={archive.sha256} /> : null}
          <Alert color="brass" title={t`The file is in clear`}>
            <Trans>Keep it as you would keep the data, or encrypt it before it travels.</Trans>
          </Alert>
        </>
      ) : null}
    </Stack>
  );
}

function StateBadge({ state }: { state: ClientArchive['state'] }) {
  const { t } = useLingui();
  switch (state) {
    case 'building':
      return (
        <Badge color="brass" leftSection={<Loader size={10} color="brass" />}>
          {t`Being written`}
        </Badge>
      );
    case 'ready':
      return <Badge color="verdigris">{t`Ready`}</Badge>;
    case 'failed':
      return <Badge color="red">{t`Failed`}</Badge>;
  }
}
