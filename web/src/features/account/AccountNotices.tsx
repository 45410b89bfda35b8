import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, List, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import { sessionQuery, useSession } from '@/api/session';
import type { AccountNotice } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useFormat } from '@/shared/useFormat';

/** What others did to the account, until its person has read it. */
export function AccountNotices() {
  const { t } = useLingui();
  const format = useFormat();
  const { notices } = useSession();
  const queryClient = useQueryClient();
  const read = useMutation({
    mutationFn: () => Promise.all(notices.map(({ id }) => api.delete<void>(path('me', 'notices', id)))),
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
  const say = useSentences();
  if (notices.length === 0) return null;
  return (
    <Alert color="brass" m="md" title={t`Your account`} data-testid="account-notices">
      <Stack gap="xs">
        <List size="sm">
          {notices.map((notice) => (
            <List.Item key={notice.id}>
              {format.dateTime(notice.at)}: {say(notice)}
            </List.Item>
          ))}
        </List>
        <ProblemAlert error={read.error} />
        <Group>
          <Button size="xs" variant="default" loading={read.isPending} onClick={() => read.mutate()}>
            <Trans>I have read this</Trans>
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function useSentences(): (notice: AccountNotice) => string {
  const { t } = useLingui();
  return ({ act, by }) => {
    const who = by ?? t`somebody`;
    switch (act) {
      case 'reset-issued':
        return t`${who} made a link by which your account can be set up anew.`;
      case 'reset-used':
        return t`Your account was set up anew by such a link. If that was not you, tell your operator.`;
      case 'reset-voided':
        return t`A link of an operator for your account was voided.`;
      case 'sessions-ended':
        return t`${who} ended all your sessions.`;
      case 'disabled':
        return t`${who} switched your account off.`;
      case 'enabled':
        return t`${who} switched your account on again.`;
    }
  };
}
