import { Navigate, useParams } from '@tanstack/react-router';
import { holds, useSession } from '@/api/session';

/** A client's address without a page: on to the one that the person's roles make his. */
export function ClientHomePage() {
  const { client } = useParams({ from: '/signed-in/shell/clients/$client' });
  const session = useSession();
  if (holds(session, client, 'requester', 'quality_lead', 'reviewer')) return <Navigate to="/clients/$client/projects" params={{ client }} replace />;
  if (holds(session, client, 'auditor')) return <Navigate to="/clients/$client/audit" params={{ client }} replace />;
  if (holds(session, client, 'workforce_manager')) return <Navigate to="/clients/$client/people" params={{ client }} replace />;
  return <Navigate to="/work" replace />;
}
