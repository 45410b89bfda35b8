import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Batch, Deletion, QueueRules } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';
import { readAll } from '@/shared/usePages';

export const queueQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'queue'],
    queryFn: ({ signal }) => api.get<QueueRules>(projectPath(client, project, 'queue'), { signal }),
  });

export const batchesQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'batches'],
    queryFn: ({ signal }) => readAll<Batch>(projectPath(client, project, 'batches'), signal),
  });

export const deletionsQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'deletions'],
    queryFn: ({ signal }) => readAll<Deletion>(projectPath(client, project, 'deletions'), signal),
  });
