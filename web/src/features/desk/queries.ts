import { queryOptions } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { Guidelines, MyQueue, OntologyVersion, Page, WorkItem } from '@/api/types';
import type { Place } from './session/desk-api';

/** What the desk reads of a project. Versions never change, so they are read once. */

/** The project's code name: all of its names that annotators may know, so it comes from the list of their work. */
export const codeNameQuery = ({ client, project }: Place) =>
  queryOptions({
    queryKey: ['desk', client, project, 'codeName'],
    queryFn: async () => {
      const { items } = await api.get<Page<WorkItem>>('/work');
      return items.find((item) => item.client === client && item.project === project)?.codeName ?? '';
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
  });

export const ontologyQuery = ({ client, project }: Place, version: number) =>
  queryOptions({
    queryKey: ['desk', client, project, 'ontology', version],
    queryFn: () => api.get<OntologyVersion>(path('clients', client, 'projects', project, 'ontology'), { query: { version } }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const guidelinesQuery = ({ client, project }: Place, version: number) =>
  queryOptions({
    queryKey: ['desk', client, project, 'guidelines', version],
    queryFn: () => api.get<Guidelines>(path('clients', client, 'projects', project, 'guidelines'), { query: { version } }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The annotator's place in the queue, asked when nothing comes. */
export const myQueueQuery = ({ client, project }: Place) =>
  queryOptions({
    queryKey: ['desk', client, project, 'queue'],
    queryFn: () => api.get<MyQueue>(path('clients', client, 'projects', project, 'queue', 'mine')),
    refetchInterval: 30_000,
    retry: false,
  });
