import { useQuery } from '@tanstack/react-query';
import { holds, useSession } from '@/api/session';
import { peopleQuery, workforcesQuery } from '@/features/clients/queries';

/** Names workforces and people by their ids; the beginning of the id where the reader may not list them. */
export function useSubjects(client: string): (id: string) => string {
  const session = useSession();
  const mayList = holds(session, client, 'requester', 'workforce_manager');
  const workforces = useQuery({ ...workforcesQuery(client), enabled: mayList }).data ?? [];
  const people = useQuery({ ...peopleQuery(client), enabled: mayList }).data ?? [];
  const names = new Map([...workforces.map(({ id, name }) => [id, name] as const), ...people.map(({ id, name }) => [id, name] as const)]);
  names.set(session.person.id, session.person.name);
  return (id) => names.get(id) ?? `${id.slice(0, 8)}…`;
}
