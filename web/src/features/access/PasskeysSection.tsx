import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { Passkey } from '@/api/types';
import { IconKey } from '@/design/icons';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { useSession } from '@/api/session';
import { SignInAgain } from '@/features/account/SignInAgain';
import { CredentialTable, useCredentials } from './CredentialTable';
import { useArrival } from './useArrival';
import { passkeysWork, registerPasskey, signInWithPasskey, wasDismissed } from './webauthn';

export function PasskeysSection() {
  const { t } = useLingui();
  const { list, remove, again } = useCredentials<Passkey>('/me/passkeys');
  return (
    <Section title={t`Passkeys`} subtitle={t`Sign in with this device, a phone or a security key instead of a password.`}>
      <SignInAgain of={remove} />
      <QueryView query={list}>
        {({ items }) =>
          items.length === 0 ? null : (
            <>
              <PasskeyTable items={items} onRemove={(id) => remove.mutate(id)} />
              <Prove />
            </>
          )
        }
      </QueryView>
      {passkeysWork() ? (
        <AddPasskey onAdded={again} />
      ) : (
        <Text size="sm" c="dimmed">
          <Trans>Passkeys need a secure address (https).</Trans>
        </Text>
      )}
    </Section>
  );
}

function PasskeyTable({ items, onRemove }: { items: readonly Passkey[]; onRemove: (id: string) => void }) {
  const { t } = useLingui();
  const format = useFormat();
  // Making a passkey is no sign-in with it: until the first one, both times are the same.
  const used = ({ createdAt, lastUsedAt }: Passkey) => (lastUsedAt && lastUsedAt > createdAt ? format.relative(lastUsedAt) : t`never`);
  const columns = [
    { name: t`Label`, cell: (passkey: Passkey) => passkey.label },
    { name: t`Made`, cell: (passkey: Passkey) => format.date(passkey.createdAt) },
    { name: t`Last used`, cell: used },
  ];
  return <CredentialTable items={items} columns={columns} removal={(passkey) => t`Remove the passkey ${passkey.label}`} onRemove={onRemove} testId="passkeys" />;
}

/** A session that a password opened becomes one with a second factor by signing in with the passkey. */
function Prove() {
  const session = useSession();
  const arrive = useArrival('/settings');
  const prove = useMutation({ mutationFn: signInWithPasskey, onSuccess: arrive });
  if (session.strong || !passkeysWork()) return null;
  return (
    <Group mb="md" gap="sm">
      <Button leftSection={<IconKey />} loading={prove.isPending} onClick={() => prove.mutate()} data-testid="prove-passkey">
        <Trans>Sign in with the passkey now</Trans>
      </Button>
      <Text size="sm" c="dimmed" flex={1}>
        <Trans>This session was opened without it; clients that ask for a second factor stay shut.</Trans>
      </Text>
      {wasDismissed(prove.error) ? null : <ProblemAlert error={prove.error} />}
    </Group>
  );
}

function AddPasskey({ onAdded }: { onAdded: () => void }) {
  const { t } = useLingui();
  const [label, setLabel] = useState('');
  const add = useMutation({
    mutationFn: () => registerPasskey(label.trim()),
    onSuccess: () => {
      setLabel('');
      onAdded();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="passkey-form">
      <Group align="flex-end" gap="xs">
        <TextInput
          label={t`Label of a new passkey`}
          placeholder={t`Laptop`}
          required
          withAsterisk={false}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={add.isPending}>
          <Trans>Add a passkey</Trans>
        </Button>
      </Group>
      {wasDismissed(add.error) ? null : <SignInAgain of={add} />}
    </form>
  );
}
