import { queryOptions } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { IdentityProvider, Page, ScimToken } from '@/api/types';

export const providersQuery = queryOptions({
  queryKey: ['operator', 'identity-providers'],
  queryFn: ({ signal }) => api.get<Page<IdentityProvider>>('/operator/identity-providers', { signal }),
});

export const tokensPath = (provider: string, ...rest: string[]) => path('operator', 'identity-providers', provider, 'scim-tokens', ...rest);

export const tokensQuery = (provider: string) =>
  queryOptions({
    queryKey: ['operator', 'identity-providers', provider, 'scim-tokens'],
    queryFn: ({ signal }) => api.get<Page<ScimToken>>(tokensPath(provider), { signal }),
  });
