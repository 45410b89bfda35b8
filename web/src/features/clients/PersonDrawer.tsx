import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Drawer, Group, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, path } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { Member, Profile } from '@/api/types';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { RoleBadges } from '@/shared/RoleBadges';
import { usePlaces } from '@/shared/usePlaces';
import { MemberAccount } from '@/features/account/MemberAccount';
import { QualificationsPanel } from './QualificationsPanel';
import { profileQuery } from './queries';

/** What queues ask of a person: languages, country, qualifications. */
export function PersonDrawer({ client, person, onClose }: { client: string; person: Member | null; onClose: () => void }) {
  const { t } = useLingui();
  const session = useSession();
  return (
    <Drawer opened={person !== null} onClose={onClose} position="right" size="md" title={person?.name ?? ''} closeButtonProps={{ 'aria-label': t`Close` }}>
      {person ? (
        <Stack gap="lg" data-testid="person">
          <div>
            <Text size="sm" c="dimmed" mb={6}>
              {person.email}
            </Text>
            <RoleBadges roles={person.roles} />
          </div>
          {holds(session, client, 'workforce_manager') ? <ProfilePanel client={client} person={person.id} /> : null}
          {holds(session, client, 'requester', 'workforce_manager') ? <MemberAccount client={client} person={person.id} /> : null}
          <QualificationsPanel client={client} person={person.id} mayGrant={holds(session, client, 'quality_lead')} />
        </Stack>
      ) : null}
    </Drawer>
  );
}

function ProfilePanel({ client, person }: { client: string; person: string }) {
  const query = useQuery(profileQuery(client, person));
  return <QueryView query={query}>{(profile) => <ProfileFields client={client} person={person} profile={profile} />}</QueryView>;
}

function ProfileFields({ client, person, profile }: { client: string; person: string; profile: Profile }) {
  const { t } = useLingui();
  const places = usePlaces();
  const queryClient = useQueryClient();
  const [country, setCountry] = useState(profile.country);
  const save = useMutation({
    mutationFn: () => api.put<Profile>(path('clients', client, 'people', person, 'country'), { country }),
    onSuccess: (updated) => {
      queryClient.setQueryData(profileQuery(client, person).queryKey, updated);
      notify(t`The country is saved`);
    },
  });
  const languages = profile.languages.map(places.languageName).join(', ');
  return (
    <Stack gap="sm">
      <div>
        <Text size="sm" fw={550}>
          <Trans>Languages</Trans>
        </Text>
        <Text size="sm" c={languages === '' ? 'dimmed' : undefined}>
          {languages === '' ? <Trans>None said yet; everybody says their own in the settings.</Trans> : languages}
        </Text>
      </div>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <Select
          flex={1}
          label={t`Country`}
          description={t`Where this person works; queues may ask for it.`}
          searchable
          limit={50}
          placeholder={t`Choose`}
          data={places.countries(country ? [country] : [])}
          value={country}
          onChange={setCountry}
          data-testid="person-country"
        />
        <Button variant="default" disabled={!country || country === profile.country} loading={save.isPending} onClick={() => save.mutate()}>
          <Trans>Save</Trans>
        </Button>
      </Group>
      <ProblemAlert error={save.error} />
    </Stack>
  );
}
