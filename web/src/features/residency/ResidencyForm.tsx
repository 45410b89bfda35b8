import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, MultiSelect, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ApiError, path } from '@/api/client';
import type { ResidencyBody, ResidencyRule, ResidencyWhatIf } from '@/api/types';
import { projectsQuery } from '@/features/projects/queries';
import { useSubjects } from '@/features/walls/useSubjects';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { usePlaces } from '@/shared/usePlaces';
import { residencyQuery, residencyWhatIfQuery } from './queries';
import { useResidencySentence } from './useResidencySentence';

interface Props {
  client: string;
  rule: ResidencyRule | undefined;
  onDone: () => void;
}

/** Says what a list would do before it is put in force. */
export function ResidencyForm({ client, rule, onDone }: Props) {
  const { t } = useLingui();
  const places = usePlaces();
  const queryClient = useQueryClient();
  const sentence = useResidencySentence(client);
  const projects = useQuery(projectsQuery(client)).data ?? [];
  const [concern, setConcern] = useState(rule?.concern ?? 'people');
  const [project, setProject] = useState(rule?.project ?? '');
  const [countries, setCountries] = useState<string[]>([...(rule?.countries ?? [])]);
  const [asked, setAsked] = useState<ResidencyBody | null>(null);
  const list: ResidencyBody = { concern, countries, ...(concern === 'people' && project ? { project } : {}) };
  const save = useMutation({
    mutationFn: (inForce: boolean) => api.put<ResidencyRule>(path('clients', client, 'residency'), { ...list, inForce }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: residencyQuery(client).queryKey });
      onDone();
    },
  });
  const fault = save.error instanceof ApiError ? save.error.faultsAt('/countries')[0] : undefined;
  return (
    <Stack gap="md" data-testid="residency-form">
      <Select
        label={t`It is about`}
        allowDeselect={false}
        disabled={rule !== undefined}
        data={[
          { value: 'people', label: t`Where people are` },
          { value: 'storage', label: t`Where data lie` },
          { value: 'processing', label: t`Where data are processed` },
        ]}
        value={concern}
        onChange={(value) => {
          setAsked(null);
          if (value) setConcern(value);
        }}
      />
      {concern === 'people' ? (
        <Select
          label={t`For`}
          allowDeselect={false}
          disabled={rule !== undefined}
          data={[{ value: '', label: t`All projects` }, ...projects.map(({ id, name }) => ({ value: id, label: name }))]}
          value={project}
          onChange={(value) => {
            setAsked(null);
            setProject(value ?? '');
          }}
        />
      ) : null}
      <MultiSelect
        label={t`Countries`}
        searchable
        data={places.countries(countries)}
        value={countries}
        onChange={(value) => {
          setAsked(null);
          setCountries(value);
        }}
        error={fault}
      />
      {countries.length > 0 ? <Text fw={550}>{sentence(list)}</Text> : null}
      {asked ? <WhatIf client={client} list={asked} /> : null}
      <ProblemAlert error={save.error} hideFaults={fault !== undefined} />
      <Group justify="flex-end" gap="xs">
        {rule?.inForce ? (
          <Button variant="default" loading={save.isPending} onClick={() => save.mutate(false)}>
            <Trans>Switch it off</Trans>
          </Button>
        ) : null}
        {asked ? (
          <Button color="red" loading={save.isPending} onClick={() => save.mutate(true)} data-testid="residency-on">
            <Trans>Put it in force</Trans>
          </Button>
        ) : (
          <Button disabled={countries.length === 0} onClick={() => setAsked(list)} data-testid="residency-what-if">
            <Trans>Whom would it stop?</Trans>
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** Whom a list would stop that is not stopped now. Asking changes nothing. */
function WhatIf({ client, list }: { client: string; list: ResidencyBody }) {
  const { t } = useLingui();
  const answer = useQuery(residencyWhatIfQuery(client, list));
  return (
    <section aria-label={t`Whom it would stop`} aria-live="polite" data-testid="residency-stops">
      <QueryView query={answer}>{(found) => <Found client={client} found={found} />}</QueryView>
    </section>
  );
}

function Found({ client, found }: { client: string; found: ResidencyWhatIf }) {
  const { t } = useLingui();
  const nameOf = useSubjects(client);
  if (!found.served) {
    return (
      <Alert color="red" title={t`This server could not go on`}>
        <Trans>It does not stand in one of these countries by what its operator has stated, so that the list is refused here.</Trans>
      </Alert>
    );
  }
  if (found.people.length === 0) {
    return (
      <Alert color="verdigris" title={t`It would stop nobody now`}>
        <Trans>Everybody who works here is in one of these countries.</Trans>
      </Alert>
    );
  }
  const open = found.projects.reduce((sum, { openLeases }) => sum + openLeases, 0);
  return (
    <Alert color="brass" title={<Plural value={found.people.length} one="It would stop # person at once" other="It would stop # people at once" />}>
      <Stack gap={4}>
        <Text size="sm">{found.people.map(nameOf).join(', ')}</Text>
        <Text size="sm">
          <Plural value={open} _0="Nobody has a task in hand." one="# open lease would go to others." other="# open leases would go to others." />
        </Text>
      </Stack>
    </Alert>
  );
}
