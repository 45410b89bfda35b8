import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Code, Group, Modal, MultiSelect, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '@/api/client';
import { clientsOf, isOperator, rolesIn, useSession } from '@/api/session';
import type { ApiKey, Role } from '@/api/types';
import { IconPlus } from '@/design/icons';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { RoleBadges } from '@/shared/RoleBadges';
import { useRoleNames } from '@/shared/RoleName';
import { Section } from '@/shared/Section';
import { ShownOnce } from '@/shared/ShownOnce';
import { useFormat } from '@/shared/useFormat';
import { CredentialTable, useCredentials } from './CredentialTable';

/** In place of a client: the key of an operator, which is for none. */
const NO_CLIENT = '';

export function ApiKeysSection() {
  const { t } = useLingui();
  const session = useSession();
  const [adding, { open, close }] = useDisclosure(false);
  const { list, remove, again } = useCredentials<ApiKey>('/api-keys');
  if (clientsOf(session).length === 0 && !isOperator(session)) return null;
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
      <QueryView query={list}>
        {({ items }) => items.length === 0 ? <Text size="sm" c="dimmed">{t`No keys yet.`}</Text> : <KeyTable items={items} onRemove={(id) => remove.mutate(id)} />}
      </QueryView>
      <Modal opened={adding} onClose={close} title={t`New API key`} closeButtonProps={{ 'aria-label': t`Close` }}>
        <NewKeyForm onMade={() => void again()} onClose={close} />
      </Modal>
    </Section>
  );
}

function KeyTable({ items, onRemove }: { items: readonly ApiKey[]; onRemove: (id: string) => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const columns = [
    { name: t`Name`, cell: (key: ApiKey) => key.name },
    { name: t`Begins with`, cell: (key: ApiKey) => <Code>{key.prefix}…</Code> },
    { name: t`Client`, cell: (key: ApiKey) => key.client ?? '–' },
    { name: t`Roles`, cell: (key: ApiKey) => <RoleBadges roles={key.roles} /> },
    { name: t`Valid until`, cell: (key: ApiKey) => format.date(key.expiresAt) },
  ];
  return <CredentialTable items={items} columns={columns} removal={(key) => t`Revoke the key ${key.name}`} onRemove={onRemove} testId="api-keys" />;
}

function NewKeyForm({ onMade, onClose }: { onMade: () => void; onClose: () => void }) {
  const { t } = useLingui();
  const session = useSession();
  const roleNames = useRoleNames();
  const clients = clientsOf(session);
  const [now] = useState(Date.now);
  const [name, setName] = useState('');
  const operator = isOperator(session);
  const [client, setClient] = useState(clients[0]?.slug ?? NO_CLIENT);
  const [roles, setRoles] = useState<Role[]>([]);
  const [days, setDays] = useState('90');
  const make = useMutation({
    mutationFn: () => {
      const expiresAt = new Date(now + Number(days) * 86_400_000).toISOString();
      return api.post<ApiKey>('/api-keys', { name: name.trim(), ...(client === NO_CLIENT ? {} : { client }), roles, expiresAt });
    },
    onSuccess: onMade,
  });
  if (make.data?.key) {
    return (
    <ShownOnce title={t`Copy it now`} label={t`API key`} value={make.data.key} testId="api-key-secret" onDone={onClose}>
      <Trans>The key is shown this once; only a fingerprint of it is kept.</Trans>
    </ShownOnce>
    );
  }
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
          data={[...clients.map((c) => ({ value: c.slug, label: c.name })), ...(operator ? [{ value: NO_CLIENT, label: t`None: the installation` }] : [])]}
          value={client}
          onChange={(slug) => {
            setClient(slug ?? NO_CLIENT);
            setRoles([]);
          }}
        />
        <MultiSelect
          label={t`Roles`}
          data={(client === NO_CLIENT ? (['operator'] as const) : [...new Set(rolesIn(session, client))]).map((role) => ({ value: role, label: roleNames[role] }))}
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
          <Button type="submit" loading={make.isPending} disabled={roles.length === 0}>
            <Trans>Make the key</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
