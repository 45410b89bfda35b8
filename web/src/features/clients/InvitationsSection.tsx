import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Table } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { RoleBadges } from '@/shared/RoleBadges';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { invitationsQuery } from './queries';

/** Invitations that nobody has answered yet. Absent while there are none. */
export function InvitationsSection({ client }: { client: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const queryClient = useQueryClient();
  const invitations = useQuery(invitationsQuery(client));
  const withdraw = useMutation({
    mutationFn: (id: string) => api.delete<void>(path('clients', client, 'invitations', id)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: invitationsQuery(client).queryKey }),
  });
  if (invitations.isError) return <ProblemAlert error={invitations.error} onRetry={() => void invitations.refetch()} />;
  if (!invitations.data || invitations.data.length === 0) return null;
  return (
    <Section title={t`Open invitations`}>
      <ProblemAlert error={withdraw.error} />
      <Table.ScrollContainer minWidth={560}>
        <Table data-testid="invitations">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t`E-mail`}</Table.Th>
              <Table.Th>{t`Roles`}</Table.Th>
              <Table.Th>{t`Open until`}</Table.Th>
              <Table.Th>
                  <span className="visually-hidden">{t`Actions`}</span>
                </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {invitations.data.map((invitation) => (
              <Table.Tr key={invitation.id}>
                <Table.Td>{invitation.email}</Table.Td>
                <Table.Td>
                  <RoleBadges roles={invitation.roles} />
                </Table.Td>
                <Table.Td>{format.dateTime(invitation.expiresAt)}</Table.Td>
                <Table.Td ta="end">
                  <Button size="xs" variant="subtle" color="red" onClick={() => withdraw.mutate(invitation.id)} aria-label={t`Withdraw the invitation of ${invitation.email}`}>
                    <Trans>Withdraw</Trans>
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}
