import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { holds, useSession } from '@/api/session';
import { useProjectParams } from '@/features/projects/useProjectParams';
import { LinkButton } from '@/shared/links';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { AppealsSection } from './AppealsSection';
import { EscalationsSection } from './EscalationsSection';
import { workflowQuery } from './queries';
import { GivenUpSection, SkipsSection } from './SkipsSection';
import { StagesSection } from './StagesSection';

/** How answers are reviewed, what waits for a decision, and what was brought before somebody. */
export function WorkflowTab() {
  const { client, project } = useProjectParams();
  const session = useSession();
  const workflow = useQuery(workflowQuery(client, project));
  const decides = holds(session, client, 'reviewer', 'quality_lead');
  const adjudicates = workflow.data?.stages.at(-1)?.kind === 'adjudicate';
  return (
    <Stack gap="md">
      {decides ? <Desks client={client} project={project} adjudicates={adjudicates} /> : null}
      <QueryView query={workflow}>
        {(inForce) => <StagesSection key={inForce.version} client={client} project={project} inForce={inForce} mayChange={holds(session, client, 'requester', 'quality_lead')} />}
      </QueryView>
      <EscalationsSection client={client} project={project} />
      <GivenUpSection client={client} project={project} mayAct={holds(session, client, 'requester')} />
      {holds(session, client, 'requester', 'quality_lead') ? <SkipsSection client={client} project={project} /> : null}
      <AppealsSection client={client} project={project} />
    </Stack>
  );
}

function Desks({ client, project, adjudicates }: { client: string; project: string; adjudicates: boolean }) {
  const { t } = useLingui();
  return (
    <Section title={t`Decide`} subtitle={<Trans>Nobody is given work of their own, nor what they decided before.</Trans>}>
      <Group gap="xs">
        <LinkButton to="/review/$client/$project" params={{ client, project }} data-testid="go-review">
          <Trans>Review answers</Trans>
        </LinkButton>
        {adjudicates ? (
          <LinkButton to="/adjudicate/$client/$project" params={{ client, project }} variant="default" data-testid="go-adjudicate">
            <Trans>Lay answers side by side</Trans>
          </LinkButton>
        ) : (
          <Text size="sm" c="dimmed">
            <Trans>No stage below adjudicates.</Trans>
          </Text>
        )}
      </Group>
    </Section>
  );
}
