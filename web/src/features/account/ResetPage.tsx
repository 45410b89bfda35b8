import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { Session } from '@/api/types';
import { AuthFrame } from '@/features/access/AuthFrame';
import { NewPasswordField } from '@/features/access/NewPasswordField';
import { useArrival } from '@/features/access/useArrival';
import { ProblemAlert } from '@/shared/ProblemAlert';

/** Sets an account up anew by a link; the link is spent with the new password, not by opening the page. */
export function ResetPage() {
  const { t } = useLingui();
  const { token } = useParams({ from: '/reset/$token' });
  const [password, setPassword] = useState('');
  const reset = useMutation({ mutationFn: () => api.post<Session>('/session/reset', { token, password }), onSuccess: useArrival('/') });
  const problem = reset.error instanceof ApiError ? reset.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    reset.mutate();
  };
  return (
    <AuthFrame title={t`Set your account up anew`} subtitle={t`This link works once. Everywhere else you will be signed out.`}>
      <form onSubmit={submit} data-testid="reset-form">
        <Stack gap="sm">
          <NewPasswordField value={password} onChange={setPassword} error={problem?.faultsAt('/password')[0]} />
          <ProblemAlert error={reset.error} hideFaults />
          <Button type="submit" loading={reset.isPending} data-testid="reset-save">
            <Trans>Set the password and sign in</Trans>
          </Button>
          {problem?.status === 401 ? (
            <Anchor component={Link} to="/sign-in" size="sm">
              <Trans>To the sign-in page</Trans>
            </Anchor>
          ) : null}
        </Stack>
      </form>
    </AuthFrame>
  );
}
