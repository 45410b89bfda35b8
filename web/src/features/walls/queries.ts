import { queryOptions } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { Closing, ExportRequest, NamedOrganisation, Page, Wall, WallBody, WhatIf } from '@/api/types';
import { readAll } from '@/shared/usePages';

/** Whatever walls show, so that one invalidation reaches all of it. */
export const wallsKey = (client: string) => ['clients', client, 'walls'] as const;

export const wallsQuery = (client: string) =>
  queryOptions({
    queryKey: [...wallsKey(client), 'rules'],
    queryFn: ({ signal }) => readAll<Wall>(path('clients', client, 'walls'), signal),
  });

/** The workforces before which a wall stands closed: what happened last to one counts. */
export const shutOutQuery = (client: string) =>
  queryOptions({
    queryKey: [...wallsKey(client), 'shut-out'],
    queryFn: async ({ signal }) => {
      const { items } = await api.get<Page<Closing>>(path('clients', client, 'walls', 'closings'), { signal, query: { limit: 100 } });
      const newest = items.filter((one, n) => items.findIndex((other) => other.subject === one.subject) === n);
      return newest.filter((one) => !one.opened).map((one) => one.subject);
    },
  });

export const whatIfQuery = (client: string, rule: WallBody) =>
  queryOptions({
    queryKey: [...wallsKey(client), 'what-if', rule],
    // What it says is true for the moment in which it is asked.
    staleTime: 0,
    gcTime: 0,
    queryFn: ({ signal }) => api.post<WhatIf>(path('clients', client, 'walls', 'what-if'), { rules: [rule] }, { signal }),
  });

export const exportRequestsQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'export-requests'],
    queryFn: ({ signal }) => readAll<ExportRequest>(path('clients', client, 'export-requests'), signal),
  });

/** The organisations of exactly this name; there is no list of all. */
export const organisationQuery = (client: string, name: string) =>
  queryOptions({
    queryKey: ['clients', client, 'organisations', name],
    queryFn: ({ signal }) =>
      api.get<{ items: NamedOrganisation[] }>(path('clients', client, 'organisations'), { signal, query: { name } }).then(({ items }) => items),
  });
