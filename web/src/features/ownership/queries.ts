import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { Organisation, Ownership, Stake } from '@/api/types';
import { readAll } from '@/shared/usePages';

/** The graph above a client's vendors on a day; today's without one. */
export const ownershipQuery = (client: string, asOf: string | undefined) =>
  queryOptions({
    queryKey: ['clients', client, 'ownership', asOf ?? 'today'],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<Ownership>(path('clients', client, 'ownership'), { signal, query: { asOf } }),
  });

export const organisationsQuery = queryOptions({
  queryKey: ['organisations'],
  queryFn: ({ signal }) => readAll<Organisation>('/organisations', signal),
});

/** Every stake that was ever entered. */
export const stakesQuery = queryOptions({
  queryKey: ['stakes'],
  queryFn: ({ signal }) => readAll<Stake>('/stakes', signal),
});
