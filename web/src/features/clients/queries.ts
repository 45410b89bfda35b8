import { queryOptions } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { ArchiveStanding, Client, Invitation, Member, NamedOrganisation, Page, Profile, Qualification, Workforce } from '@/api/types';
import { readAll } from '@/shared/usePages';

export const clientsQuery = queryOptions({
  queryKey: ['clients'],
  queryFn: ({ signal }) => readAll<Client>('/clients', signal),
});

/** How the installation's archive fares; operators alone may ask. */
export const archiveQuery = queryOptions({
  queryKey: ['operator', 'archive'],
  queryFn: ({ signal }) => api.get<ArchiveStanding>('/operator/archive', { signal }),
  refetchInterval: 60_000,
});

export const peopleQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'people'],
    queryFn: ({ signal }) => readAll<Member>(path('clients', client, 'people'), signal),
  });

export const invitationsQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'invitations'],
    queryFn: ({ signal }) => readAll<Invitation>(path('clients', client, 'invitations'), signal),
  });

export const workforcesQuery = (client: string) =>
  queryOptions({
    queryKey: ['clients', client, 'workforces'],
    queryFn: ({ signal }) => readAll<Workforce>(path('clients', client, 'workforces'), signal),
  });

/** The organisations of exactly this name, in whatever case. */
export const organisationNamedQuery = (client: string, name: string) =>
  queryOptions({
    queryKey: ['clients', client, 'organisations', name],
    queryFn: ({ signal }) => api.get<{ items: NamedOrganisation[] }>(path('clients', client, 'organisations'), { signal, query: { name } }).then(({ items }) => items),
  });

export const profileQuery = (client: string, person: string) =>
  queryOptions({
    queryKey: ['clients', client, 'people', person, 'profile'],
    queryFn: ({ signal }) => api.get<Profile>(path('clients', client, 'people', person, 'profile'), { signal }),
  });

export const qualificationsQuery = (client: string, person: string) =>
  queryOptions({
    queryKey: ['clients', client, 'people', person, 'qualifications'],
    queryFn: ({ signal }) => api.get<Page<Qualification>>(path('clients', client, 'people', person, 'qualifications'), { signal }).then(({ items }) => items),
  });
