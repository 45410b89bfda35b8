import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '@/api/client';
import type { IdentityProvider, MadeScimToken } from '@/api/types';
import { CopyField } from '@/shared/CopyField';
import { DataTable } from '@/shared/DataTable';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { ShownOnce } from '@/shared/ShownOnce';
import { useFormat } from '@/shared/useFormat';
import { tokensPath, tokensQuery } from './queries';

const YEAR_MS = 365 * 86_400_000;

/** The tokens by which an organisation's directory provisions: shown once, ended at once. */
export function TokensSection({ provider }: { provider: IdentityProvider }) {
  const { t } = useLingui();
  const format = useFormat();
  const queryClient = useQueryClient();
  const tokens = useQuery(tokensQuery(provider.id));
  const [now] = useState(Date.now);
  const [name, setName] = useState('');
  const again = () => queryClient.invalidateQueries({ queryKey: tokensQuery(provider.id).queryKey });
  const make = useMutation({
    mutationFn: () => api.post<MadeScimToken>(tokensPath(provider.id), { name: name.trim(), expiresAt: new Date(now + YEAR_MS).toISOString() }),
    onSuccess: again,
  });
  const revoke = useMutation({ mutationFn: (id: string) => api.delete<void>(tokensPath(provider.id, id)), onSettled: again });
  const done = () => {
    make.reset();
    setName('');
  };
  if (make.data) {
    return (
      <ShownOnce title={t`Copy it now`} label={t`Provisioning token`} value={make.data.secret} testId="scim-token-secret" onDone={done}>
        <Trans>The token is shown this once; only a fingerprint of it is kept.</Trans>
      </ShownOnce>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <Stack gap="sm">
      <CopyField label={t`Address for the directory`} value={`${window.location.origin}/scim/v2`} />
      <QueryView query={tokens}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">{t`No token yet.`}</Text>
          ) : (
            <DataTable
              testId="scim-tokens"
              minWidth={480}
              items={items}
              keyOf={({ id }) => id}
              columns={[
                { name: t`Name`, cell: (token) => token.name },
                { name: t`Begins with`, cell: (token) => <Code>{token.prefix}…</Code> },
                { name: t`Valid until`, cell: (token) => format.date(token.expiresAt) },
                {
                  name: t`Actions`,
                  quiet: true,
                  end: true,
                  cell: (token) => (
                    <Button size="xs" variant="subtle" color="red" onClick={() => revoke.mutate(token.id)}>
                      <Trans>Revoke</Trans>
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </QueryView>
      <form onSubmit={submit} data-testid="scim-token-form">
        <Group align="flex-end">
          <TextInput label={t`Name`} required withAsterisk={false} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Button type="submit" loading={make.isPending}>
            <Trans>Make a token for a year</Trans>
          </Button>
        </Group>
      </form>
      <ProblemAlert error={make.error ?? revoke.error} />
    </Stack>
  );
}
