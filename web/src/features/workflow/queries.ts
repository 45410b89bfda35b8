import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { ReviewWorkflow, SkipCounts } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';

export const workflowQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'workflow'],
    queryFn: ({ signal }) => api.get<ReviewWorkflow>(projectPath(client, project, 'workflow'), { signal }),
  });

export const skipCountsQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'skips', 'counts'],
    queryFn: ({ signal }) => api.get<SkipCounts>(projectPath(client, project, 'skips', 'counts'), { signal }),
  });
