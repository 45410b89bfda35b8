import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '@/api/client';
import { SignInAgain } from '@/features/account/SignInAgain';
import { Section } from '@/shared/Section';
import { notify } from '@/shared/notify';
import { NewPasswordField } from './NewPasswordField';

export function PasswordSection() {
  const { t } = useLingui();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const change = useMutation({
    mutationFn: () => api.put<void>('/me/password', { password, ...(current ? { current } : {}) }),
    onSuccess: () => {
      setCurrent('');
      setPassword('');
      notify(t`The password is changed`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <Section title={t`Password`}>
      <form onSubmit={submit} data-testid="password-form">
        <Stack gap="sm">
          <PasswordInput
            label={t`Current password`}
            description={t`Empty, if you have none yet.`}
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <NewPasswordField value={password} onChange={setPassword} />
          <SignInAgain of={change} />
          <Group justify="flex-end">
            <Button type="submit" variant="default" loading={change.isPending}>
              <Trans>Change the password</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
