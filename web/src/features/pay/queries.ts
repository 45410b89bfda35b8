import { queryOptions } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { HeldIdentity, MyPay, Page, PayBalance, PayEntry, PayOffer, PayRuleVersion, PayStatement } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';
import { readAll } from '@/shared/usePages';

/** Keys begin with `['clients', client, 'pay']`: closing and paying make all of it new. */
export const payKey = (client: string) => ['clients', client, 'pay'] as const;

export const payPath = (client: string, ...rest: (string | number)[]) => path('clients', client, 'pay', ...rest);

export const statementsQuery = (client: string) =>
  queryOptions({
    queryKey: [...payKey(client), 'statements'],
    queryFn: ({ signal }) => readAll<PayStatement>(payPath(client, 'statements'), signal),
  });

export const balancesQuery = (client: string) =>
  queryOptions({
    queryKey: [...payKey(client), 'balances'],
    queryFn: ({ signal }) => api.get<Page<PayBalance>>(payPath(client, 'balances'), { signal }).then(({ items }) => items),
  });

export const entriesQuery = (client: string) =>
  queryOptions({
    queryKey: [...payKey(client), 'entries'],
    queryFn: ({ signal }) => api.get<Page<PayEntry>>(payPath(client, 'entries'), { signal }).then(({ items }) => items),
  });

export const myPayQuery = (client: string) =>
  queryOptions({
    queryKey: [...payKey(client), 'me'],
    queryFn: ({ signal }) => api.get<MyPay>(payPath(client, 'me'), { signal }),
  });

export const rulesQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'pay', 'rules'],
    queryFn: ({ signal }) => api.get<Page<PayRuleVersion>>(projectPath(client, project, 'pay', 'rules'), { signal }).then(({ items }) => items),
  });

export const offerQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'pay', 'offer'],
    queryFn: ({ signal }) => api.get<PayOffer>(projectPath(client, project, 'pay', 'offer'), { signal }),
  });

export const identityQuery = queryOptions({
  queryKey: ['me', 'identity'],
  queryFn: ({ signal }) => api.get<HeldIdentity>('/me/identity', { signal }),
});
