import { Navigate } from '@tanstack/react-router';
import { lastClient } from '@/features/shell/last-client';
import { clientsOf, holds, isOperator, useSession } from '@/api/session';

/** The address without a page: on to where this person's day begins. */
export function HomePage() {
  const session = useSession();
  const last = lastClient();
  const clients = clientsOf(session).sort((a, b) => Number(b.slug === last) - Number(a.slug === last));
  const managed = clients.find((c) => holds(session, c.slug, 'requester', 'quality_lead', 'workforce_manager', 'auditor'));
  if (managed) return <Navigate to="/clients/$client" params={{ client: managed.slug }} replace />;
  if (isOperator(session)) return <Navigate to="/clients" replace />;
  return <Navigate to="/work" replace />;
}
