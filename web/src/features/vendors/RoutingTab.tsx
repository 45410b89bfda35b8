import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { holds, useSession } from '@/api/session';
import { projectQuery } from '@/features/projects/queries';
import { useProjectParams } from '@/features/projects/useProjectParams';
import { QueryView } from '@/shared/QueryView';
import { DecisionsSection } from './DecisionsSection';
import { PolicySection } from './PolicySection';
import { PortionsSection } from './PortionsSection';
import { routingQuery, vendorsQuery } from './queries';

/** What the sections of the tab are given. */
export interface RoutingProps {
  client: string;
  project: string;
  /** Of the project's workforces, in its order. */
  teams: readonly { id: string; name: string }[];
}

/** How a project's waiting work is divided among its workforces. */
export function RoutingTab() {
  const { client, project } = useProjectParams();
  const session = useSession();
  const requester = holds(session, client, 'requester');
  const routing = useQuery(routingQuery(client, project));
  const vendors = useQuery(vendorsQuery(client));
  const workforces = useQuery(projectQuery(client, project)).data?.workforces ?? [];
  return (
    <QueryView query={vendors}>
      {(items) => {
        const known = items.flatMap((vendor) => vendor.workforces);
        const teams = workforces.map((id) => ({ id, name: known.find((team) => team.id === id)?.name ?? id }));
        const props: RoutingProps = { client, project, teams };
        return (
          <QueryView query={routing}>
            {(inForce) => (
              <Stack gap="md">
                <PortionsSection {...props} routing={inForce} mayDecide={requester} />
                <PolicySection key={inForce.version} {...props} inForce={inForce} mayChange={requester} mayTry={holds(session, client, 'requester', 'quality_lead')} />
                <DecisionsSection {...props} />
              </Stack>
            )}
          </QueryView>
        );
      }}
    </QueryView>
  );
}
