import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Center, Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { ontologyQuery } from '@/features/desk/queries';
import { LinkButton } from '@/shared/links';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { AdjudicationBench } from './AdjudicationBench';
import { adjudications } from './adjudications';

/** Finished tasks of which the answers are laid side by side and made into one. */
export function AdjudicationPage() {
  const { t } = useLingui();
  const { client, project } = useParams({ from: '/signed-in/adjudicate/$client/$project' });
  const place = { client, project };
  const held = useQuery({
    queryKey: ['adjudication', client, project],
    queryFn: ({ signal }) => adjudications.hold(place, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const version = held.data?.ontologyVersion;
  const ontology = useQuery({ ...ontologyQuery(place, version ?? 0), enabled: version !== undefined });
  useEffect(() => {
    document.title = `${t`Side by side`} · Etalon`;
  }, [t]);
  const error = held.error ?? ontology.error;
  if (error) {
    return (
      <Middle client={client} project={project}>
        <ProblemAlert error={error} onRetry={() => void (held.error ? held.refetch() : ontology.refetch())} />
      </Middle>
    );
  }
  if (held.data === null) {
    return (
      <Middle client={client} project={project}>
        <Title order={1}>
          <Trans>Nothing to lay side by side</Trans>
        </Title>
        <Text c="dimmed">
          <Trans>Finished tasks that the workflow chooses come here. Those that you answered yourself go to somebody else.</Trans>
        </Text>
        <Button onClick={() => void held.refetch()} loading={held.isFetching} data-testid="look-again">
          <Trans>Look again</Trans>
        </Button>
      </Middle>
    );
  }
  if (held.data === undefined || ontology.data === undefined) {
    return (
      <Center mih="100dvh" role="status">
        <Loader size="sm" aria-label={t`Looking for a task…`} />
      </Center>
    );
  }
  return <AdjudicationBench key={held.data.id} place={place} held={held.data} ontology={ontology.data.ontology} onNext={() => void held.refetch()} />;
}

function Middle({ client, project, children }: { client: string; project: string; children: ReactNode }) {
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack align="center" gap="sm" maw={460} ta="center" data-testid="adjudication-phase">
        {children}
        <LinkButton to="/clients/$client/projects/$project/review" params={{ client, project }} variant="default">
          <Trans>Back to the review</Trans>
        </LinkButton>
      </Stack>
    </Center>
  );
}
