import { useProjectParams } from '@/features/projects/useProjectParams';
import { AuditView } from './AuditView';

/** The client's log, from inside a project: one log holds all of a client's projects. */
export function ProjectAuditTab() {
  const { client } = useProjectParams();
  return <AuditView client={client} />;
}
