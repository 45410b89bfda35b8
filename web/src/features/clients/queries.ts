import { queryOptions } from '@tanstack/react-query';
import { path } from '@/api/client';
import type { Client, Invitation, Member, Workforce } from '@/api/types';
import { readAll } from '@/shared/usePages';

export const clientsQuery = queryOptions({
  queryKey: ['clients'],
  queryFn: ({ signal }) => readAll<Client>('/clients', signal),
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
