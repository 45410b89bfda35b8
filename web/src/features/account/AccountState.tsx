import { Trans } from '@lingui/react/macro';
import { Badge } from '@mantine/core';
import type { Account } from '@/api/types';

/** Whether an account is on, and by what it signs in. */
export function AccountState({ account }: { account: Account }) {
  if (account.disabledAt !== undefined) {
    return (
      <Badge variant="light" color="red">
        <Trans>switched off</Trans>
      </Badge>
    );
  }
  if (account.passkeys > 0) {
    return (
      <Badge variant="light" color="verdigris">
        <Trans>has a passkey</Trans>
      </Badge>
    );
  }
  return (
    <Badge variant="light" color="gray">
      {account.password ? <Trans>password alone</Trans> : <Trans>no password</Trans>}
    </Badge>
  );
}
