import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { GoldAnnotator, Page, PreLabelStanding, Quality, WorkPause } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';

export const qualityQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'quality'],
    queryFn: ({ signal }) => api.get<Quality>(projectPath(client, project, 'quality'), { signal }),
  });

export const goldAnnotatorsQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'gold', 'annotators'],
    queryFn: ({ signal }) => api.get<Page<GoldAnnotator>>(projectPath(client, project, 'gold', 'annotators'), { signal }),
  });

export const preLabelsQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'pre-labels'],
    queryFn: ({ signal }) => api.get<PreLabelStanding>(projectPath(client, project, 'pre-labels'), { signal }),
  });

export const pausesQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'gold', 'pauses'],
    queryFn: ({ signal }) => api.get<Page<WorkPause>>(projectPath(client, project, 'pauses'), { signal }),
  });
