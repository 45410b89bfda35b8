import { Trans } from '@lingui/react/macro';
import { Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { Account } from '@/api/types';
import { QueryView } from '@/shared/QueryView';
import { AccountActs } from './AccountActs';
import { AccountState } from './AccountState';

/** A member's account, for who manages him. */
export function MemberAccount({ client, person }: { client: string; person: string }) {
  const queryClient = useQueryClient();
  const at = path('clients', client, 'people', person, 'account');
  const queryKey = ['clients', client, 'account', person];
  const query = useQuery({ queryKey, queryFn: ({ signal }) => api.get<Account>(at, { signal }) });
  return (
    <QueryView query={query}>
      {(account) => (
        <Stack gap="xs" data-testid="member-account">
          <Group gap="xs">
            <Text size="sm" fw={550}>
              <Trans>Account</Trans>
            </Text>
            <AccountState account={account} />
          </Group>
          {account.reach ? (
            <AccountActs account={account} at={at} onDone={() => void queryClient.invalidateQueries({ queryKey })} />
          ) : (
            <Text size="sm" c="dimmed">
              <Trans>Your right does not reach this account; an operator's does.</Trans>
            </Text>
          )}
        </Stack>
      )}
    </QueryView>
  );
}
