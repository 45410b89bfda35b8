import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Job } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';
import { isOver } from './jobs';

/** Events tell when a job's state changes; how far it is has to be asked. */
export const PROGRESS_MS = 1500;

export const jobsKey = (client: string, project: string) => [...projectKey(client, project), 'jobs'] as const;

/** One job with its log; read again and again until it is over. */
export const jobQuery = (client: string, project: string, job: string) =>
  queryOptions({
    queryKey: [...jobsKey(client, project), job],
    queryFn: ({ signal }) => api.get<Job>(projectPath(client, project, 'jobs', job), { signal }),
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : PROGRESS_MS),
  });
