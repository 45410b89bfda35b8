import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, path } from '@/api/client';
import type { Licence, PersonStanding } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { usePlaces } from '@/shared/usePlaces';
import { LicenceState } from './licence-state';
import { licencesQuery, standingsQuery } from './queries';

/** How people stand: what they accepted, where they are, what they hold, and how much they can do. */
export function StandingsSection({ client }: { client: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const { countryName } = usePlaces();
  const standings = useQuery(standingsQuery(client));
  const [shown, setShown] = useState<PersonStanding | null>(null);
  const hours = (minutes: number | undefined) => (minutes === undefined ? '–' : format.number(minutes / 60, { maximumFractionDigits: 1 }));
  return (
    <Section title={t`Workforce`} subtitle={t`What people have accepted, where they are, what they say they know, which licences and tier they hold, and how many hours they say they have.`} testId="standings">
      <QueryView query={standings}>
        {(items) => (
          <>
            <DataTable
              testId="standing-list"
              caption={t`Workforce`}
              minWidth={860}
              items={items}
              keyOf={({ person }) => person}
              columns={[
                { name: t`Name`, cell: ({ name }) => name },
                { name: t`Texts`, cell: ({ consents }) => <Consents consents={consents} /> },
                { name: t`Works in`, cell: ({ country }) => (country ? countryName(country) : '–') },
                { name: t`Lives in`, cell: ({ residence }) => (residence ? countryName(residence) : '–') },
                { name: t`Skills`, cell: ({ skills }) => (skills.length === 0 ? '–' : skills.map(({ skill, level }) => `${skill} ${format.number(level)}`).join(', ')) },
                { name: t`Tier`, cell: ({ tier }) => (tier === 0 ? '–' : format.number(tier)), end: true },
                { name: t`Hours a week`, cell: ({ minutesAWeek }) => hours(minutesAWeek), end: true },
                { name: t`Next four weeks`, cell: ({ minutesAhead }) => hours(minutesAhead), end: true },
                {
                  name: t`Licences`,
                  cell: (one) => {
                    const { name, licences } = one;
                    return licences.length === 0 ? (
                      '–'
                    ) : (
                      <Button size="compact-xs" variant="default" aria-label={t`${plural(licences.length, { one: `# licence of ${name}`, other: `# licences of ${name}` })}`} onClick={() => setShown(one)}>
                        {licences.length}
                      </Button>
                    );
                  },
                },
              ]}
            />
            <Text size="sm" c="dimmed" mt="xs">
              <Trans>{hours(items.reduce((sum, { minutesAhead }) => sum + (minutesAhead ?? 0), 0))} hours of capacity in the next four weeks.</Trans>
            </Text>
          </>
        )}
      </QueryView>
      <Modal opened={shown !== null} onClose={() => setShown(null)} size="xl" title={shown ? t`Licences of ${shown.name}` : ''} closeButtonProps={{ 'aria-label': t`Close` }}>
        {shown ? <Licences client={client} person={shown.person} /> : null}
      </Modal>
    </Section>
  );
}

function Consents({ consents }: { consents: PersonStanding['consents'] }) {
  const { t } = useLingui();
  if (consents.length === 0) return '–';
  const open = consents.filter(({ state }) => state !== 'accepted');
  if (open.length === 0) return <Badge color="verdigris" miw="max-content">{t({ message: 'Accepted', context: 'text' })}</Badge>;
  const titles = open.map(({ title }) => title).join(', ');
  return (
    <Badge color="red" miw="max-content" title={titles}>
      {open.some(({ state }) => state === 'withdrawn') ? t({ message: 'Taken back', context: 'text' }) : t`Missing`}
    </Badge>
  );
}

function Licences({ client, person }: { client: string; person: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const { countryName } = usePlaces();
  const queryClient = useQueryClient();
  const query = useQuery(licencesQuery(client, person));
  const decide = useMutation({
    mutationFn: ({ licence, verified }: { licence: Licence; verified: boolean }) => api.put<Licence>(path('clients', client, 'licences', licence.id, 'verification'), { verified }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: licencesQuery(client, person).queryKey });
      void queryClient.invalidateQueries({ queryKey: standingsQuery(client).queryKey });
    },
  });
  return (
    <Stack gap="sm">
      <QueryView query={query}>
        {(items) => (
          <DataTable
            testId="person-licences"
            caption={t`Licences`}
            items={items}
            keyOf={({ id }) => id}
            columns={[
              { name: t`Kind`, cell: ({ kind }) => kind },
              { name: t`Issued in`, cell: ({ country }) => countryName(country) },
              { name: t({ message: 'Number', context: 'licence' }), cell: ({ number }) => number },
              { name: t`Valid`, cell: ({ from, to }) => `${format.day(from)} – ${to ? format.day(to) : t`no end`}` },
              { name: t`State`, cell: ({ state }) => <LicenceState state={state} /> },
              {
                name: t`Acts`,
                quiet: true,
                end: true,
                cell: (licence) =>
                  licence.state === 'withdrawn' ? null : (
                    <Group gap={4} wrap="nowrap" justify="flex-end">
                      {licence.state === 'verified' ? null : (
                        <Button size="compact-xs" disabled={decide.isPending} aria-label={t`Verify: ${licence.kind}`} onClick={() => decide.mutate({ licence, verified: true })}>
                          <Trans>Verify</Trans>
                        </Button>
                      )}
                      {licence.state === 'refused' ? null : (
                        <Button size="compact-xs" variant="default" disabled={decide.isPending} aria-label={t`Refuse: ${licence.kind}`} onClick={() => decide.mutate({ licence, verified: false })}>
                          <Trans>Refuse</Trans>
                        </Button>
                      )}
                    </Group>
                  ),
              },
            ]}
          />
        )}
      </QueryView>
      <ProblemAlert error={decide.error} />
    </Stack>
  );
}
