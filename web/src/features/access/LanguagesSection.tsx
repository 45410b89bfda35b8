import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, MultiSelect, Stack } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { usePlaces } from '@/shared/usePlaces';

const languagesQuery = queryOptions({
  queryKey: ['me', 'profile'],
  queryFn: async ({ signal }) => (await api.get<{ languages?: readonly string[] | null }>('/me/profile', { signal })).languages ?? [],
});

/** The languages that a person speaks: queues may ask for one of them. */
export function LanguagesSection() {
  const { t } = useLingui();
  const query = useQuery(languagesQuery);
  return (
    <Section title={t`Languages that I speak`} subtitle={<Trans>Some projects give their tasks only to people who speak a certain language.</Trans>} testId="languages">
      <QueryView query={query}>{(languages) => <Languages key={languages.join()} spoken={languages} />}</QueryView>
    </Section>
  );
}

function Languages({ spoken }: { spoken: readonly string[] }) {
  const { t } = useLingui();
  const places = usePlaces();
  const queryClient = useQueryClient();
  const [languages, setLanguages] = useState([...spoken]);
  const save = useMutation({
    mutationFn: () => api.put<unknown>('/me/profile', { languages }),
    onSuccess: () => {
      queryClient.setQueryData(languagesQuery.queryKey, languages);
      notify(t`Your languages are saved`);
    },
  });
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <MultiSelect
          flex={1}
          label={t`Languages`}
          searchable
          placeholder={languages.length === 0 ? t`Choose` : ''}
          data={places.languages(languages)}
          value={languages}
          onChange={setLanguages}
        />
        <Button variant="default" disabled={languages.join() === spoken.join()} loading={save.isPending} onClick={() => save.mutate()} data-testid="save-languages">
          <Trans>Save</Trans>
        </Button>
      </Group>
      <ProblemAlert error={save.error} />
    </Stack>
  );
}
