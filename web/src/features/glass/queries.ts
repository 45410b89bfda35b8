import { queryOptions } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { Glass, GlassGrant } from '@/api/types';
import { readAll } from '@/shared/usePages';

/** How soon a page that hears no events knows that an operator looks. */
const WATCH_MS = 5000;

export const glassKey = (client: string) => ['clients', client, 'break-glass'] as const;

export const glassPath = (client: string, ...rest: string[]) => path('clients', client, 'access', 'break-glass', ...rest);

/** Which operators may look into a client's content, or ask to. Events tell it on a project's pages; all others ask again. */
export const glassQuery = (client: string) =>
  queryOptions({
    queryKey: glassKey(client),
    refetchInterval: WATCH_MS,
    queryFn: ({ signal }) => api.get<Glass>(glassPath(client), { signal }),
  });

export const operatorGlassQuery = queryOptions({
  queryKey: ['operator', 'break-glass'],
  refetchInterval: WATCH_MS,
  queryFn: ({ signal }) => readAll<GlassGrant>('/operator/break-glass', signal, 400),
});
