import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Page, Release } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';

/** The releases of a project; read again every two seconds while one is being built. */
export const releasesQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'releases'],
    queryFn: ({ signal }) => api.get<Page<Release>>(projectPath(client, project, 'releases'), { signal, query: { limit: 200 } }),
    refetchInterval: (query) => (query.state.data?.items.some((release) => release.state === 'building') ? 2000 : false),
  });
