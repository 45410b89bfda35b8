import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import { sessionQuery, useReplaceSession, useSession } from '@/api/session';
import type { Session } from '@/api/types';
import { IconKey } from '@/design/icons';
import { passkeysWork, signInWithPasskey, wasDismissed } from '@/features/access/webauthn';
import { ProblemAlert } from '@/shared/ProblemAlert';

interface Act {
  error: unknown;
  reset: () => void;
}

/** An act's failure; where it asks for a fresh sign-in, the way to one. The act itself is then done again by hand. */
export function SignInAgain({ of }: { of: Act }) {
  const asked = of.error instanceof ApiError && of.error.code === 'sign-in-again';
  if (!asked) return <ProblemAlert error={of.error} />;
  return <Ask onDone={of.reset} />;
}

function Ask({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const { person } = useSession();
  const queryClient = useQueryClient();
  const replaceSession = useReplaceSession();
  const [password, setPassword] = useState('');
  const arrive = (session: Session) => {
    // Somebody else's passkey signs somebody else in: nothing of the page before is his.
    if (session.person.id === person.id) queryClient.setQueryData(sessionQuery.queryKey, session);
    else replaceSession(session);
    onDone();
  };
  const byPassword = useMutation({ mutationFn: () => api.post<Session>('/session', { email: person.email, password }), onSuccess: arrive });
  const byPasskey = useMutation({ mutationFn: signInWithPasskey, onSuccess: arrive });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    byPassword.mutate();
  };
  const failure = byPassword.error ?? (wasDismissed(byPasskey.error) ? null : byPasskey.error);
  return (
    <Modal opened onClose={onDone} title={t`Sign in again`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={submit} data-testid="sign-in-again">
        <Stack gap="sm">
          <Text size="sm">
            <Trans>How one signs in is changed only by who has just signed in. It is good for ten minutes; then repeat what you wanted to do.</Trans>
          </Text>
          <PasswordInput
            label={t`Password`}
            autoComplete="current-password"
            required
            withAsterisk={false}
            data-autofocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <ProblemAlert error={failure} />
          <Group justify="flex-end" gap="xs">
            {passkeysWork() ? (
              <Button variant="default" leftSection={<IconKey />} loading={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
                <Trans>With a passkey</Trans>
              </Button>
            ) : null}
            <Button type="submit" loading={byPassword.isPending}>
              <Trans>Sign in</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
