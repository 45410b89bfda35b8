import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Alert, Badge, Button, Group, Modal, MultiSelect, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api, newIdempotencyKey, path } from '@/api/client';
import { clientsOf, rolesIn, useSession } from '@/api/session';
import type { ApiKey, NewApiKey, Page, Role } from '@/api/types';
import { IconPlus, IconTrash } from '@/design/icons';
import { CopyField } from '@/shared/CopyField';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { RoleName, useRoleNames } from '@/shared/RoleName';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';

const KEY = ['api-keys'];

export function ApiKeysSection() {
  const { t } = useLingui();
  const session = useSession();
  const queryClient = useQueryClient();
  const [adding, { open, close }] = useDisclosure(false);
  const again = () => queryClient.invalidateQueries({ queryKey: KEY });
  const keys = useQuery({ queryKey: KEY, queryFn: ({ signal }) => api.get<Page<ApiKey>>('/api-keys', { signal }) });
  const remove = useMutation({ mutationFn: (id: string) => api.delete<void>(path('api-keys', id)), onSettled: again });
  if (clientsOf(session).length === 0) return null;
  return (
    <Section
      title={t`API keys`}
      subtitle={t`For programs that upload, download or watch on your behalf. A key holds only the roles you give it.`}
      actions={
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={open} data-testid="new-api-key">
          <Trans>New key</Trans>
        </Button>
      }
    >
      <ProblemAlert error={remove.error} />
      <QueryView query={keys}>
        {({ items }) => items.length === 0 ? <Text size="sm" c="dimmed">{t`No keys yet.`}</Text> : <KeyTable items={items} onRemove={(id) => remove.mutate(id)} />}
      </QueryView>
      <Modal opened={adding} onClose={close} title={t`New API key`} closeButtonProps={{ 'aria-label': t`Close` }}>
        <NewKeyForm onMade={() => void again()} onClose={close} />
      </Modal>
    </Section>
  );
}

function KeyTable({ items, onRemove }: { items: ApiKey[]; onRemove: (id: string) => void }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <Table data-testid="api-keys">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t`Name`}</Table.Th>
          <Table.Th>{t`Begins with`}</Table.Th>
          <Table.Th>{t`Client`}</Table.Th>
          <Table.Th>{t`Roles`}</Table.Th>
          <Table.Th>{t`Valid until`}</Table.Th>
          <Table.Th aria-label={t`Actions`} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((key) => (
          <Table.Tr key={key.id}>
            <Table.Td>{key.name}</Table.Td>
            <Table.Td ff="monospace">{key.prefix}…</Table.Td>
            <Table.Td>{key.client}</Table.Td>
            <Table.Td>
              <Group gap={4}>
                {key.roles.map((role) => (
                  <Badge key={role} color="gray">
                    <RoleName role={role} />
                  </Badge>
                ))}
              </Group>
            </Table.Td>
            <Table.Td>{key.expiresAt ? format.date(key.expiresAt) : t`no end`}</Table.Td>
            <Table.Td ta="end">
              <ActionIcon variant="subtle" color="red" aria-label={t`Revoke the key ${key.name}`} onClick={() => onRemove(key.id)}>
                <IconTrash />
              </ActionIcon>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function NewKeyForm({ onMade, onClose }: { onMade: () => void; onClose: () => void }) {
  const { t } = useLingui();
  const session = useSession();
  const roleNames = useRoleNames();
  const clients = clientsOf(session);
  const [idempotencyKey] = useState(newIdempotencyKey);
  const [name, setName] = useState('');
  const [client, setClient] = useState(clients[0]?.slug ?? '');
  const [roles, setRoles] = useState<Role[]>([]);
  const [days, setDays] = useState('90');
  const make = useMutation({
    mutationFn: () => {
      const expiresAt = new Date(Date.now() + Number(days) * 86_400_000).toISOString();
      return api.post<NewApiKey>('/api-keys', { name: name.trim(), client, roles, expiresAt }, { idempotencyKey });
    },
    onSuccess: onMade,
  });
  if (make.data) return <MadeKey apiKey={make.data} onClose={onClose} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="api-key-form">
      <Stack gap="sm">
        <TextInput label={t`Name`} placeholder={t`Nightly upload`} required withAsterisk={false} data-autofocus value={name} onChange={(e) => setName(e.currentTarget.value)} />
        <Select
          label={t`Client`}
          allowDeselect={false}
          data={clients.map((c) => ({ value: c.slug, label: c.name }))}
          value={client}
          onChange={(slug) => {
            setClient(slug ?? '');
            setRoles([]);
          }}
        />
        <MultiSelect
          label={t`Roles`}
          data={[...new Set(rolesIn(session, client))].map((role) => ({ value: role, label: roleNames[role] }))}
          value={roles}
          onChange={(chosen) => setRoles(chosen as Role[])}
        />
        <Select
          label={t`Valid for`}
          allowDeselect={false}
          data={[
            { value: '7', label: t`7 days` },
            { value: '90', label: t`90 days` },
            { value: '365', label: t`1 year` },
          ]}
          value={days}
          onChange={(value) => setDays(value ?? '90')}
        />
        <ProblemAlert error={make.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending} disabled={roles.length === 0 || !client}>
            <Trans>Make the key</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function MadeKey({ apiKey, onClose }: { apiKey: NewApiKey; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Stack gap="sm">
      <Alert color="brass" title={t`Copy it now`}>
        <Trans>The key is shown this once; only a fingerprint of it is kept.</Trans>
      </Alert>
      <CopyField value={apiKey.key} label={t`API key`} testId="api-key-secret" />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          <Trans>Done</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
