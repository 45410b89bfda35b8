import { queryOptions } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { Mention, Page, Thread } from '@/api/types';

export const threadsQuery = (client: string, project: string, submission: number) =>
  queryOptions({
    queryKey: ['clients', client, 'projects', project, 'threads', submission],
    queryFn: ({ signal }) => api.get<Page<Thread>>(path('clients', client, 'projects', project, 'submissions', submission, 'comments'), { signal }),
    refetchInterval: 30_000,
  });

/** Over all clients: where somebody called upon me. */
export const mentionsQuery = queryOptions({
  queryKey: ['mentions'],
  queryFn: ({ signal }) => api.get<Page<Mention>>('/mentions', { signal }),
  refetchInterval: 60_000,
});
