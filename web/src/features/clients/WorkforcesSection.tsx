import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api, path } from '@/api/client';
import type { Workforce } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { workforcesQuery } from './queries';

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
                <Text size="sm" fw={550}>
                  {workforce.name}
                </Text>
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
  const add = useMutation({
    mutationFn: () => api.post<Workforce>(path('clients', client, 'workforces'), { name: name.trim(), kind: 'in_house' }),
    onSuccess: () => {
      setName('');
      void queryClient.invalidateQueries({ queryKey: workforcesQuery(client).queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="workforce-form">
      <Group align="flex-end" gap="xs">
        <TextInput label={t`New workforce`} placeholder={t`Lyon team`} required withAsterisk={false} value={name} onChange={(e) => setName(e.currentTarget.value)} />
        <Button type="submit" variant="default" loading={add.isPending}>
          <Trans>Add</Trans>
        </Button>
      </Group>
      <ProblemAlert error={add.error} />
    </form>
  );
}
