import { queryOptions, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { ApiError, api } from './client';
import { forgetContent } from './leaving';
import type { ClientRole, Role, Session } from './types';

/** The signed-in person, or null. Never refetched by itself: a 401 anywhere empties it. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await api.get<Session>('/session', { signal });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
});

/** The session of a page behind the sign-in guard. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!data) throw new ApiError({ status: 401, code: 'unauthenticated' });
  return data;
}

/** The session where there may be none. */
export function useMaybeSession(): Session | null {
  return useQuery(sessionQuery).data ?? null;
}

/** Puts a new session (or none) in place and forgets everything that was read under the one before. */
export function useReplaceSession(): (session: Session | null) => void {
  const queryClient = useQueryClient();
  return (session) => {
    // An invitation is read by its token, under no session; its page is still there when it has just been accepted.
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'invitation' });
    queryClient.setQueryData(sessionQuery.queryKey, session);
    if (session === null) forgetContent();
  };
}

/** The roles that the person holds in one client. */
export function rolesIn(session: Session, client: string): ClientRole[] {
  return session.roles.filter((grant) => grant.client === client).map((grant) => grant.role).filter((r) => r !== 'operator');
}

export function isOperator(session: Session): boolean {
  return session.roles.some((grant) => grant.role === 'operator');
}

/** True when the person holds one of the roles in the client. */
export function holds(session: Session, client: string, ...roles: Role[]): boolean {
  return session.roles.some((grant) => grant.client === client && roles.includes(grant.role));
}

/** True where a second factor is asked for that this session has not: at a client, or anywhere. */
export function isShut(session: Session, client?: string): boolean {
  return session.roles.some((grant) => grant.shut === true && (client === undefined || grant.client === client));
}

export interface ClientRef {
  slug: string;
  name: string;
}

/** The clients in which the person works, by name. */
export function clientsOf(session: Session): ClientRef[] {
  const bySlug = new Map<string, string>();
  for (const grant of session.roles) if (grant.client) bySlug.set(grant.client, grant.clientName ?? grant.client);
  return [...bySlug].map(([slug, name]) => ({ slug, name })).sort((a, b) => a.name.localeCompare(b.name));
}
