import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Text } from '@mantine/core';
import { useSession } from '@/api/session';

/** Who asks this person for a second factor, and what to do about it. */
export function SecondFactorNotice() {
  const { t } = useLingui();
  const { roles, passkeys } = useSession();
  const names = [...new Set(roles.filter(({ shut }) => shut).map(({ clientName }) => clientName ?? t`the operators of this installation`))].join(', ');
  return (
    <Alert color="brass" title={t`A second factor is asked of you`} data-testid="second-factor">
      <Text size="sm">
        <Trans>Asked by: {names}.</Trans>{' '}
        {passkeys > 0 ? (
          <Trans>Sign in with your passkey to go on.</Trans>
        ) : (
          <Trans>Make a passkey below, then sign in with it. It is on your device and asks for your finger, face or PIN.</Trans>
        )}
      </Text>
    </Alert>
  );
}
