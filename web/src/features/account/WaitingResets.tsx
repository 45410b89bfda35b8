import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api, path } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { Page, WaitingReset } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useFormat } from '@/shared/useFormat';

/** While an operator's link waits to open an account of a client's people: its requesters see it, and may void it. */
export function WaitingResets() {
  const { t } = useLingui();
  const format = useFormat();
  const session = useSession();
  const client = useParams({ strict: false }).client ?? '';
  const queryClient = useQueryClient();
  const queryKey = ['clients', client, 'account-resets'];
  const query = useQuery({
    queryKey,
    enabled: holds(session, client, 'requester'),
    queryFn: ({ signal }) => api.get<Page<WaitingReset>>(path('clients', client, 'account-resets'), { signal }),
  });
  const stop = useMutation({
    mutationFn: (person: string) => api.delete<void>(path('clients', client, 'people', person, 'account', 'reset')),
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  });
  const items = query.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Alert color="red" m="md" title={t`An operator has made a link that opens an account`} data-testid="waiting-resets">
      <Stack gap="xs">
        {items.map(({ person, name, notBefore }) => (
          <Group key={person} gap="sm">
            <Text size="sm" flex={1}>
              <Trans>
                From {format.dateTime(notBefore)} it sets a new password for {name}, unless {name} signs in before.
              </Trans>
            </Text>
            <Button size="xs" color="red" loading={stop.isPending} onClick={() => stop.mutate(person)}>
              <Trans>Void it</Trans>
            </Button>
          </Group>
        ))}
        <ProblemAlert error={stop.error} />
      </Stack>
    </Alert>
  );
}
