import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { api, path } from '@/api/client';
import type { NamedOrganisation, Workforce } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { organisationNamedQuery, workforcesQuery } from './queries';

interface Props {
  client: string;
  workforces: UseQueryResult<Workforce[]>;
  mayAdd: boolean;
}

export function WorkforcesSection({ client, workforces, mayAdd }: Props) {
  const { t } = useLingui();
  return (
    <Section title={t`Workforces`} subtitle={t`Teams of annotators and reviewers. A project names the teams that may work on it.`}>
      <QueryView query={workforces}>
        {(items) => (
          <Stack gap={6} mb={mayAdd ? 'md' : 0} data-testid="workforces">
            {items.map((workforce) => (
              <Group key={workforce.id} justify="space-between">
                <Group gap="xs">
                  <Text size="sm" fw={550}>
                    {workforce.name}
                  </Text>
                  {workforce.kind === 'vendor' ? <Badge color="gray">{t`vendor`}</Badge> : null}
                </Group>
                <Text size="sm" c="dimmed">
                  <Plural value={workforce.people} one="# person" other="# people" />
                </Text>
              </Group>
            ))}
            {items.length === 0 ? <Text size="sm" c="dimmed">{t`None yet.`}</Text> : null}
          </Stack>
        )}
      </QueryView>
      {mayAdd ? <AddWorkforce client={client} /> : null}
    </Section>
  );
}

function AddWorkforce({ client }: { client: string }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [kind, setKind] = useState('in_house');
  const [organisation, setOrganisation] = useState<NamedOrganisation>();
  const ofVendor = kind === 'vendor';
  const add = useMutation({
    mutationFn: () =>
      api.post<Workforce>(path('clients', client, 'workforces'), { name: name.trim(), kind, ...(ofVendor && organisation ? { organisation: organisation.id } : {}) }),
    onSuccess: () => {
      setName('');
      void queryClient.invalidateQueries({ queryKey: workforcesQuery(client).queryKey });
      void queryClient.invalidateQueries({ queryKey: ['clients', client, 'vendors'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="workforce-form">
      <Group align="flex-start" gap="xs">
        <TextInput label={t`New workforce`} placeholder={t`Lyon team`} required withAsterisk={false} value={name} onChange={(e) => setName(e.currentTarget.value)} />
        <SegmentedControl
          mt={24}
          aria-label={t`Whose people they are`}
          data={[
            { value: 'in_house', label: t`In-house` },
            { value: 'vendor', label: t`Of a vendor` },
          ]}
          value={kind}
          onChange={setKind}
          data-testid="workforce-kind"
        />
        {ofVendor ? <OrganisationField client={client} onFound={setOrganisation} /> : null}
        <Button mt={24} type="submit" variant="default" disabled={ofVendor && !organisation} loading={add.isPending}>
          <Trans>Add</Trans>
        </Button>
      </Group>
      <ProblemAlert error={add.error} />
    </form>
  );
}

/** An organisation of the register by its whole name: the register is no list to leaf through. */
function OrganisationField({ client, onFound }: { client: string; onFound: (organisation: NamedOrganisation | undefined) => void }) {
  const { t } = useLingui();
  const [name, setName] = useState('');
  const [wanted] = useDebouncedValue(name.trim(), 250);
  const search = useQuery({ ...organisationNamedQuery(client, wanted), enabled: wanted !== '' });
  const settled = wanted !== '' && wanted === name.trim();
  const found = settled ? search.data?.[0] : undefined;
  useEffect(() => {
    onFound(found);
    return () => onFound(undefined);
  }, [found, onFound]);
  const unknown = settled && search.data?.length === 0;
  return (
    <div>
      <TextInput
        label={t`Organisation`}
        placeholder={t`Its whole name`}
        required
        withAsterisk={false}
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
        error={unknown ? t`Not in the register: the operator enters it.` : undefined}
        data-testid="workforce-organisation"
      />
      <Text size="xs" c="dimmed" mt={2} role="status">
        {found ? t`Found: ${found.name}` : null}
      </Text>
      <ProblemAlert error={search.error} />
    </div>
  );
}
