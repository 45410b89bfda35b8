import { queryOptions } from '@tanstack/react-query';
import { api, path } from '@/api/client';

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
