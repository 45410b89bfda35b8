import { queryOptions } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { Guidelines, OntologyVersion } from '@/api/types';
import { deskApi, type Place } from './session/desk-api';

/** What the desk reads of a project. Versions never change, so they are read once. */

export const projectQuery = (place: Place) =>
  queryOptions({
    queryKey: ['desk', place.client, place.project, 'project'],
    queryFn: () => deskApi.project(place),
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
