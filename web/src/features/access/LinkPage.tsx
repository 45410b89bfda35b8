import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { api } from '@/api/client';
import type { Person, Session } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { AuthFrame } from './AuthFrame';
import { NewPasswordField } from './NewPasswordField';
import { useArrival } from './useArrival';

/**
 * Opens a one-time sign-in link. The token is spent by a press of the button, not by opening the page: mail programs open
 * links to look at them.
 */
export function LinkPage() {
  const { t } = useLingui();
  const { token } = useParams({ from: '/link/$token' });
  const arrive = useArrival('/');
  const open = useMutation({
    mutationFn: () => api.post<Session>('/session/link', { token }),
    onSuccess: (session) => {
      if (!session.setup) arrive(session);
    },
  });
  if (open.data?.setup) return <SetUp session={open.data} onDone={arrive} />;
  return (
    <AuthFrame title={t`Sign in by link`} subtitle={t`This link works once.`}>
      <ProblemAlert error={open.error} />
      <Button onClick={() => open.mutate()} loading={open.isPending} disabled={open.isError} data-testid="open-link" autoFocus>
        <Trans>Sign me in</Trans>
      </Button>
      {open.isError ? (
        <Anchor component={Link} to="/sign-in" size="sm">
          <Trans>To the sign-in page</Trans>
        </Anchor>
      ) : null}
    </AuthFrame>
  );
}

/** First arrival: a name and a password, so that the next sign-in needs no link. */
function SetUp({ session, onDone }: { session: Session; onDone: (session: Session) => void }) {
  const { t } = useLingui();
  const [name, setName] = useState(session.person.name);
  const [password, setPassword] = useState('');
  const save = useMutation({
    mutationFn: async (): Promise<Session> => {
      const person = await api.patch<Person>('/me', { name: name.trim() });
      await api.put<void>('/me/password', { password });
      const { setup: _, ...rest } = session;
      return { ...rest, person: { ...session.person, ...person } };
    },
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <AuthFrame title={t`Welcome`} subtitle={t`Set a name and a password for ${session.person.email}.`}>
      <form onSubmit={submit} data-testid="setup-form">
        <Stack gap="sm">
          <TextInput
            label={t`Name`}
            autoComplete="name"
            required
            withAsterisk={false}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <NewPasswordField value={password} onChange={setPassword} />
          <ProblemAlert error={save.error} />
          <Button type="submit" loading={save.isPending} data-testid="setup-save">
            <Trans>Save and begin</Trans>
          </Button>
        </Stack>
      </form>
    </AuthFrame>
  );
}
