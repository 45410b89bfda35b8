import { queryOptions } from '@tanstack/react-query';
import { ApiError, api, path } from '@/api/client';

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
