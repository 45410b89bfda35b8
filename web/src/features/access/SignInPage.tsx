import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { api } from '@/api/client';
import type { Session } from '@/api/types';
import { IconKey } from '@/design/icons';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { AuthFrame } from './AuthFrame';
import { useArrival } from './useArrival';
import { signInWaysQuery, useRefusal } from './federation';
import { passkeysWork, signInWithPasskey, wasDismissed } from './webauthn';

export function SignInPage() {
  const { t } = useLingui();
  const { next = '/', refused } = useSearch({ from: '/sign-in' });
  const refusal = useRefusal(refused);
  const ways = useQuery(signInWaysQuery).data?.providers ?? [];
  const arrive = useArrival(next);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const byPassword = useMutation({
    mutationFn: () => api.post<Session>('/session', { email: email.trim(), password }),
    onSuccess: arrive,
  });
  const byPasskey = useMutation({ mutationFn: signInWithPasskey, onSuccess: arrive });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    byPassword.mutate();
  };
  const failure = byPassword.error ?? (wasDismissed(byPasskey.error) ? null : byPasskey.error);
  return (
    <AuthFrame title={t`Sign in`}>
      {refusal ? (
        <Alert color="red" title={t`Not signed in`} data-testid="sign-in-refused">
          {refusal}
        </Alert>
      ) : null}
      <form onSubmit={submit} data-testid="sign-in-form">
        <Stack gap="sm">
          <TextInput
            label={t`E-mail`}
            type="email"
            autoComplete="username webauthn"
            required
            withAsterisk={false}
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t`Password`}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <ProblemAlert error={failure} />
          <Button type="submit" loading={byPassword.isPending} mt={4} data-testid="sign-in">
            <Trans>Sign in</Trans>
          </Button>
        </Stack>
      </form>
      {passkeysWork() || ways.length > 0 ? <Divider label={t`or`} /> : null}
      {ways.map((way) => (
        <Button key={way.id} variant="default" component="a" href={`${way.start}?next=${encodeURIComponent(next)}`} data-testid="sign-in-provider">
          <Trans>Sign in with {way.name}</Trans>
        </Button>
      ))}
      {passkeysWork() ? (
          <Button
            variant="default"
            leftSection={<IconKey />}
            loading={byPasskey.isPending}
            onClick={() => byPasskey.mutate()}
            data-testid="sign-in-passkey"
          >
            <Trans>Sign in with a passkey</Trans>
          </Button>
      ) : null}
      <Text size="xs" c="dimmed">
        <Trans>There is no sign-up: whoever manages your team sends you an invitation.</Trans>
      </Text>
    </AuthFrame>
  );
}
