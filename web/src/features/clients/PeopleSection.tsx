import { useLingui } from '@lingui/react/macro';
import { Avatar, Group, Table, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Member, Workforce } from '@/api/types';
import { QueryView } from '@/shared/QueryView';
import { RoleBadges } from '@/shared/RoleBadges';
import { Section } from '@/shared/Section';
import { PersonDrawer } from './PersonDrawer';
import { peopleQuery } from './queries';

export function PeopleSection({ client, workforces }: { client: string; workforces: readonly Workforce[] }) {
  const { t } = useLingui();
  const people = useQuery(peopleQuery(client));
  const [shown, setShown] = useState<Member | null>(null);
  const workforceName = (id: string | undefined) => workforces.find((w) => w.id === id)?.name ?? '';
  return (
    <Section title={t`Members`}>
      <QueryView query={people}>
        {(items) => (
          <Table.ScrollContainer minWidth={560}>
            <Table data-testid="people">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t`Name`}</Table.Th>
                  <Table.Th>{t`Roles`}</Table.Th>
                  <Table.Th>{t`Workforce`}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((person) => (
                  <Table.Tr key={person.id}>
                    <Table.Td>
                      <Group gap="sm" wrap="nowrap">
                        <Avatar size={28} radius="xl" name={person.name} color="verdigris" alt="" />
                        <div>
                          <UnstyledButton fz="sm" fw={550} c="var(--mantine-color-anchor)" onClick={() => setShown(person)}>
                            {person.name}
                          </UnstyledButton>
                          <Text size="xs" c="dimmed">
                            {person.email}
                          </Text>
                        </div>
                      </Group>
                    </Table.Td>
                    <Table.Td>
                      <RoleBadges roles={person.roles} />
                    </Table.Td>
                    <Table.Td>{workforceName(person.workforce)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </QueryView>
      <PersonDrawer client={client} person={shown} onClose={() => setShown(null)} />
    </Section>
  );
}
