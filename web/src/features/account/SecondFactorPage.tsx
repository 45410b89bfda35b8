import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { api } from '@/api/client';
import { useReplaceSession, useSession } from '@/api/session';
import { IconKey } from '@/design/icons';
import { AuthFrame } from '@/features/access/AuthFrame';
import { useArrival } from '@/features/access/useArrival';
import { passkeysWork, signInWithPasskey, wasDismissed } from '@/features/access/webauthn';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { SecondFactorNotice } from './SecondFactorNotice';

/** Instead of a page that is shut to this session: how to come to one that is enough. */
export function SecondFactorPage() {
  const { t } = useLingui();
  const session = useSession();
  const { href } = useLocation();
  const navigate = useNavigate();
  const replaceSession = useReplaceSession();
  const prove = useMutation({ mutationFn: signInWithPasskey, onSuccess: useArrival(href) });
  const leave = useMutation({
    mutationFn: () => api.delete<void>('/session'),
    onSettled: async () => {
      await navigate({ to: '/sign-in' });
      replaceSession(null);
    },
  });
  const has = session.passkeys > 0;
  return (
    <AuthFrame title={t`One more step`} subtitle={session.person.email}>
      <SecondFactorNotice />
      {has && passkeysWork() ? (
        <Button leftSection={<IconKey />} loading={prove.isPending} onClick={() => prove.mutate()} data-testid="second-factor-sign-in">
          <Trans>Sign in with a passkey</Trans>
        </Button>
      ) : null}
      {has ? null : (
        <Button component={Link} to="/settings" data-testid="second-factor-make">
          <Trans>Make a passkey</Trans>
        </Button>
      )}
      {passkeysWork() ? null : (
        <Alert color="red">
          <Trans>Passkeys need a secure address (https).</Trans>
        </Alert>
      )}
      {wasDismissed(prove.error) ? null : <ProblemAlert error={prove.error} />}
      <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
        <Trans>Sign out</Trans>
      </Button>
      <Text size="xs" c="dimmed">
        <Trans>Lost your passkey? Whoever manages your team, or an operator, gives you a link to set your account up anew.</Trans>
      </Text>
    </AuthFrame>
  );
}
