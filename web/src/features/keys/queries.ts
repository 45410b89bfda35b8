import { queryOptions } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { BrokenItem, Keys } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';
import { readAll } from '@/shared/usePages';

export const keysKey = (client: string) => ['clients', client, 'keys'] as const;

export const keysPath = (client: string, ...rest: string[]) => path('clients', client, 'keys', ...rest);

export const keysQuery = (client: string) =>
  queryOptions({
    queryKey: [...keysKey(client), 'standing'],
    queryFn: ({ signal }) => api.get<Keys>(keysPath(client), { signal }),
  });

/** What could not be read when the project was last read through. */
export const brokenQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'broken'],
    queryFn: ({ signal }) => readAll<BrokenItem>(projectPath(client, project, 'broken'), signal),
  });
