import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Modal, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, path } from '@/api/client';
import type { IdentityProvider } from '@/api/types';
import { IconPlus } from '@/design/icons';
import { Confirm } from '@/shared/Confirm';
import { DataTable } from '@/shared/DataTable';
import { EmptyState } from '@/shared/EmptyState';
import { Page } from '@/shared/Page';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { ProviderForm } from './ProviderForm';
import { TokensSection } from './TokensSection';
import { providersQuery } from './queries';

type Dialogue = { kind: 'set'; provider: IdentityProvider | null } | { kind: 'tokens' | 'remove'; provider: IdentityProvider } | null;

/** Identity providers of the installation: who signs people in, who provisions them, and which groups stand for which roles. */
export function IdentityPage() {
  const { t } = useLingui();
  const providers = useQuery(providersQuery);
  const queryClient = useQueryClient();
  const [dialogue, setDialogue] = useState<Dialogue>(null);
  const close = () => setDialogue(null);
  const name = dialogue?.provider?.name ?? '';
  const again = () => queryClient.invalidateQueries({ queryKey: providersQuery.queryKey });
  const remove = useMutation({
    mutationFn: (id: string) => api.delete<void>(path('operator', 'identity-providers', id)),
    onSuccess: async () => {
      close();
      await again();
    },
  });
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setDialogue({ kind: 'set', provider: null })} data-testid="new-provider">
      <Trans>New provider</Trans>
    </Button>
  );
  const kinds = { oidc: 'OpenID Connect', saml: 'SAML 2', directory: t`Directory (SCIM)` };
  return (
    <Page
      title={t`Identity providers`}
      subtitle={t`Sign-in and provisioning by an organisation's own directory. A provider opens only accounts of its own people at the clients it serves.`}
      actions={add}
    >
      <Section title={t`Providers`} testId="identity-providers">
        <QueryView query={providers}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title={t`No identity provider yet`} action={add}>
                <Trans>People sign in with a password or a passkey until there is one, and beside it afterwards.</Trans>
              </EmptyState>
            ) : (
              <DataTable
                testId="provider-list"
                minWidth={760}
                items={items}
                keyOf={({ id }) => id}
                columns={[
                  { name: t`Name`, cell: ({ name }) => name },
                  { name: t`Kind`, cell: ({ kind }) => kinds[kind] },
                  { name: t`Domains`, cell: ({ domains }) => domains.join(', ') || '–' },
                  { name: t`Clients`, cell: ({ serves }) => serves?.join(', ') ?? t`All` },
                  { name: t`Groups`, cell: ({ groups }) => groups.length },
                  { name: t`State`, cell: ({ enabled }) => <Badge variant="light" color={enabled ? 'verdigris' : 'gray'}>{enabled ? t`on` : t`off`}</Badge> },
                  {
                    name: t`Actions`,
                    quiet: true,
                    end: true,
                    cell: (provider) => (
                      <Group gap="xs" wrap="nowrap" justify="flex-end">
                        <Button size="xs" variant="default" aria-label={t`Tokens of ${provider.name}`} onClick={() => setDialogue({ kind: 'tokens', provider })}>
                          <Trans>Tokens</Trans>
                        </Button>
                        <Button size="xs" variant="default" aria-label={t`Change: ${provider.name}`} onClick={() => setDialogue({ kind: 'set', provider })}>
                          <Trans>Change</Trans>
                        </Button>
                        <Button size="xs" variant="subtle" color="red" aria-label={t`Remove: ${provider.name}`} onClick={() => setDialogue({ kind: 'remove', provider })}>
                          <Trans>Remove</Trans>
                        </Button>
                      </Group>
                    ),
                  },
                ]}
              />
            )
          }
        </QueryView>
      </Section>
      <Modal opened={dialogue?.kind === 'set'} onClose={close} size="lg" title={dialogue?.provider ? dialogue.provider.name : t`New provider`} closeButtonProps={{ 'aria-label': t`Close` }}>
        {dialogue?.kind === 'set' ? (
          <ProviderForm
            provider={dialogue.provider}
            onDone={() => {
              close();
              void again();
            }}
          />
        ) : null}
      </Modal>
      <Modal opened={dialogue?.kind === 'tokens'} onClose={close} size="lg" title={t`Provisioning tokens`} closeButtonProps={{ 'aria-label': t`Close` }}>
        {dialogue?.kind === 'tokens' ? <TokensSection provider={dialogue.provider} /> : null}
      </Modal>
      <Confirm
        opened={dialogue?.kind === 'remove'}
        title={t`Remove this provider?`}
        act={t`Remove`}
        danger
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => dialogue?.provider && remove.mutate(dialogue.provider.id)}
        onClose={close}
      >
        <Text size="sm">
          <Trans>Nobody signs in by {name} any more, and its tokens end. People and their roles stay.</Trans>
        </Text>
      </Confirm>
    </Page>
  );
}
