import { useQueries } from '@tanstack/react-query';
import { clientsOf, rolesIn, useSession, type ClientRef } from '@/api/session';
import type { MyCourse, MyDocument } from '@/api/types';
import { myCoursesQuery, myDocumentsQuery } from './queries';

/** What stands between the reader and work: a text to accept, or a course to finish. */
export type FirstThing = { client: ClientRef; kind: 'text'; text: MyDocument } | { client: ClientRef; kind: 'course'; course: MyCourse };

/** All of it, client by client: texts first, since courses are shown when they are accepted. Fresh when it was asked for on this page, and not before. */
export function useFirstThings(): { things: FirstThing[]; isPending: boolean; isFresh: boolean } {
  const session = useSession();
  const clients = clientsOf(session).filter(({ slug }) => rolesIn(session, slug).some((role) => role === 'annotator' || role === 'reviewer'));
  const texts = useQueries({ queries: clients.map(({ slug }) => ({ ...myDocumentsQuery(slug), refetchOnMount: 'always' as const })) });
  const courses = useQueries({ queries: clients.map(({ slug }) => ({ ...myCoursesQuery(slug), refetchOnMount: 'always' as const })) });
  const things = clients.flatMap((client, index): FirstThing[] => [
    ...(texts[index]?.data ?? []).filter(({ accepted }) => !accepted).map((text) => ({ client, kind: 'text' as const, text })),
    ...(courses[index]?.data ?? []).filter(({ finished }) => !finished).map((course) => ({ client, kind: 'course' as const, course })),
  ]);
  const all = [...texts, ...courses];
  return { things, isPending: all.some(({ isPending }) => isPending), isFresh: all.every(({ isFetchedAfterMount }) => isFetchedAfterMount) };
}
