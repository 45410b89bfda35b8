import { useLingui } from '@lingui/react/macro';
import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { holds, useSession } from '@/api/session';
import { useProjectParams } from '@/features/projects/useProjectParams';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { ActsSection } from './ActsSection';
import { BatchesSection } from './BatchesSection';
import { DeletionsSection } from './DeletionsSection';
import { queueQuery } from './queries';
import { RulesSection } from './RulesSection';

/** Who gets which task, how often, and in which order. */
export function QueueTab() {
  const { t } = useLingui();
  const { client, project } = useProjectParams();
  const session = useSession();
  const requester = holds(session, client, 'requester');
  const rules = useQuery(queueQuery(client, project));
  return (
    <Stack gap="md">
      <QueryView query={rules} skeleton={<Section title={t`Rules`}>{null}</Section>}>
        {(inForce) => <RulesSection key={inForce.version} client={client} project={project} inForce={inForce} mayChange={requester} />}
      </QueryView>
      {holds(session, client, 'requester', 'quality_lead', 'workforce_manager') ? <BatchesSection client={client} project={project} mayAdd={requester} /> : null}
      {requester ? <ActsSection client={client} project={project} /> : null}
      {holds(session, client, 'requester', 'quality_lead', 'auditor') ? <DeletionsSection client={client} project={project} mayDelete={requester} /> : null}
    </Stack>
  );
}
