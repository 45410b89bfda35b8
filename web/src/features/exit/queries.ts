import { queryOptions } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { ClientArchive, Departure, ExitConsent, Page } from '@/api/types';

const WATCH_MS = 2000;

export const archivesQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'exit', 'exports'],
    queryFn: ({ signal }) => api.get<Page<ClientArchive>>(path('clients', client, 'exit', 'exports'), { signal }).then(({ items }) => items),
    refetchInterval: ({ state }) => (state.data?.some((archive) => archive.state === 'building') ? WATCH_MS : false),
  });

export const consentsQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'exit', 'consents'],
    queryFn: ({ signal }) => api.get<Page<ExitConsent>>(path('clients', client, 'exit', 'consents'), { signal }).then(({ items }) => items),
  });

export const departuresQuery = queryOptions({
  queryKey: ['departures'],
  queryFn: ({ signal }) => api.get<Page<Departure>>('/departures', { signal }).then(({ items }) => items),
});

export const departureKeyQuery = queryOptions({
  queryKey: ['departures', 'key'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: ({ signal }) => api.get<string>('/departures/key', { signal }),
});
