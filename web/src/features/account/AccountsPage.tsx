import { useLingui } from '@lingui/react/macro';
import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, path } from '@/api/client';
import type { Account, Page as Items } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { EmptyState } from '@/shared/EmptyState';
import { Page } from '@/shared/Page';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { AccountActs } from './AccountActs';
import { AccountState } from './AccountState';

const KEY = ['operator', 'accounts'];

/** All accounts of the installation, for its operators. */
export function AccountsPage() {
  const { t } = useLingui();
  const format = useFormat();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const [wanted] = useDebouncedValue(email.trim(), 250);
  const query = useQuery({
    queryKey: [...KEY, wanted],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<Items<Account>>('/operator/accounts', { query: { email: wanted, limit: 50 }, signal }),
  });
  return (
    <Page title={t`Accounts`} subtitle={t`Who signs in here. What you do to an account is in the log of each client where its person works, and he is told.`}>
      <Section title={t`Look for an account`} testId="accounts">
        <TextInput
          label={t`E-mail begins with`}
          maw={360}
          mb="md"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          data-testid="account-email"
        />
        <QueryView query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title={t`Nobody has such an address`} />
            ) : (
              <DataTable
                testId="account-list"
                minWidth={860}
                items={items}
                keyOf={({ id }) => id}
                columns={[
                  { name: t`Name`, cell: ({ name }) => name },
                  { name: t`E-mail`, cell: (account) => account.email },
                  { name: t`State`, cell: (account) => <AccountState account={account} /> },
                  { name: t`Sessions`, cell: ({ sessions }) => format.number(sessions), end: true },
                  {
                    name: t`Actions`,
                    quiet: true,
                    end: true,
                    cell: (account) =>
                      account.reach ? (
                        <AccountActs account={account} at={path('operator', 'accounts', account.id)} onDone={() => void queryClient.invalidateQueries({ queryKey: KEY })} />
                      ) : null,
                  },
                ]}
              />
            )
          }
        </QueryView>
      </Section>
    </Page>
  );
}
