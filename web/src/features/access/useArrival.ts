import { useNavigate } from '@tanstack/react-router';
import { useReplaceSession } from '@/api/session';
import type { Session } from '@/api/types';
import { activate } from '@/i18n/i18n';

/** What happens once somebody is signed in: the session takes its place, the page his language, and he goes on. */
export function useArrival(next: string): (session: Session) => void {
  const replaceSession = useReplaceSession();
  const navigate = useNavigate();
  return (session) => {
    replaceSession(session);
    activate(session.person.locale);
    void navigate({ to: next, replace: true });
  };
}
