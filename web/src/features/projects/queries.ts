import { queryOptions } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { Guidelines, OntologyVersion, Page, Project, ProjectDeletion } from '@/api/types';
import { readAll } from '@/shared/usePages';

/** Keys begin with `['clients', client, 'projects', project]`, so that one invalidation reaches all of a project. */
export const projectKey = (client: string, project: string) => ['clients', client, 'projects', project] as const;

/** The API path of a project, or of something inside it. */
export const projectPath = (client: string, project: string, ...rest: (string | number)[]) =>
  path('clients', client, 'projects', project, ...rest);

export const projectsQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'projects'],
    queryFn: ({ signal }) => readAll<Project>(path('clients', client, 'projects'), signal),
  });

export const projectDeletionsQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'project-deletions'],
    queryFn: ({ signal }) => readAll<ProjectDeletion>(path('clients', client, 'project-deletions'), signal),
  });

export const projectQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: projectKey(client, project),
    queryFn: ({ signal }) => api.get<Project>(projectPath(client, project), { signal }),
  });

/** Without a version: the newest. A version never changes, so it is read once. */
export const ontologyQuery = (client: string, project: string, version?: number) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'ontology', version ?? 'newest'],
    queryFn: ({ signal }) => api.get<OntologyVersion>(projectPath(client, project, 'ontology'), { signal, query: { version } }),
    ...(version === undefined ? {} : { staleTime: Number.POSITIVE_INFINITY }),
  });

export const ontologiesQuery = (client: string, project: string) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'ontologies'],
    queryFn: ({ signal }) => api.get<Page<{ version: number; createdAt: string }>>(projectPath(client, project, 'ontologies'), { signal }),
  });

export const guidelinesQuery = (client: string, project: string, version?: number) =>
  queryOptions({
    queryKey: [...projectKey(client, project), 'guidelines', version ?? 'newest'],
    queryFn: ({ signal }) => api.get<Guidelines>(projectPath(client, project, 'guidelines'), { signal, query: { version } }),
    ...(version === undefined ? {} : { staleTime: Number.POSITIVE_INFINITY }),
  });
