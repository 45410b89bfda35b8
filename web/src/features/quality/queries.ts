import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Quality } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';

export const qualityQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'quality'],
    queryFn: ({ signal }) => api.get<Quality>(projectPath(client, project, 'quality'), { signal }),
  });
