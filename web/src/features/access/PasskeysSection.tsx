import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Group, Table, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api, path } from '@/api/client';
import type { Page, Passkey } from '@/api/types';
import { IconTrash } from '@/design/icons';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { passkeysWork, registerPasskey, wasDismissed } from './webauthn';

const KEY = ['me', 'passkeys'];

export function PasskeysSection() {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const again = () => queryClient.invalidateQueries({ queryKey: KEY });
  const passkeys = useQuery({ queryKey: KEY, queryFn: ({ signal }) => api.get<Page<Passkey>>('/me/passkeys', { signal }) });
  const remove = useMutation({ mutationFn: (id: string) => api.delete<void>(`/me${path('passkeys', id)}`), onSettled: again });
  return (
    <Section title={t`Passkeys`} subtitle={t`Sign in with this device, a phone or a security key instead of a password.`}>
      <ProblemAlert error={remove.error} />
      <QueryView query={passkeys}>
        {({ items }) =>
          items.length === 0 ? null : (
            <PasskeyTable items={items} onRemove={(id) => remove.mutate(id)} />
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

function PasskeyTable({ items, onRemove }: { items: Passkey[]; onRemove: (id: string) => void }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <Table mb="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t`Label`}</Table.Th>
          <Table.Th>{t`Made`}</Table.Th>
          <Table.Th>{t`Last used`}</Table.Th>
          <Table.Th aria-label={t`Actions`} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((passkey) => (
          <Table.Tr key={passkey.id}>
            <Table.Td>{passkey.label}</Table.Td>
            <Table.Td>{format.date(passkey.createdAt)}</Table.Td>
            <Table.Td>{passkey.lastUsedAt ? format.relative(passkey.lastUsedAt) : t`never`}</Table.Td>
            <Table.Td ta="end">
              <ActionIcon variant="subtle" color="red" aria-label={t`Remove the passkey ${passkey.label}`} onClick={() => onRemove(passkey.id)}>
                <IconTrash />
              </ActionIcon>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
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
      {wasDismissed(add.error) ? null : <ProblemAlert error={add.error} />}
    </form>
  );
}
