import { useProjectParams } from '@/features/projects/useProjectParams';
import { AuditView } from './AuditView';

/** The entries of the client's log that are about one project. */
export function ProjectAuditTab() {
  const { client, project } = useProjectParams();
  return <AuditView client={client} project={project} />;
}
