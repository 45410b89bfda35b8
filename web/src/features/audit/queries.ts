import { queryOptions } from '@tanstack/react-query';
import { ApiError, api, path } from '@/api/client';
import type { Page, PersonWhoLeft, Unlinking } from '@/api/types';
import { readAll } from '@/shared/usePages';

export const auditKeyQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'audit', 'key'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => api.get<string>(path('clients', client, 'audit', 'key'), { signal }),
  });

export const checkpointQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'audit', 'checkpoint'],
    queryFn: ({ signal }) => api.get<string>(path('clients', client, 'audit', 'checkpoint'), { signal }),
  });

/** The newest head that a witness signed; null while none has. */
export const witnessedQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'audit', 'witnessed'],
    queryFn: async ({ signal }) => {
      try {
        return await api.get<string>(path('clients', client, 'audit', 'checkpoint', 'witnessed'), { signal });
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
  });

export const unlinkingsQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'unlinkings'],
    queryFn: ({ signal }) => readAll<Unlinking>(path('clients', client, 'unlinkings'), signal),
  });

/** Who has left and can be taken out of the log; below the requests, so that one invalidation reaches both. */
export const leftQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'unlinkings', 'people'],
    queryFn: async ({ signal }) => (await api.get<Page<PersonWhoLeft>>(path('clients', client, 'unlinkings', 'people'), { signal })).items,
  });
