import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api, path } from '@/api/client';
import type { ClientRole, NewInvitation, Workforce } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useRoleNames } from '@/shared/RoleName';
import { ShownOnce } from '@/shared/ShownOnce';
import { useFormat } from '@/shared/useFormat';
import { invitationsQuery } from './queries';

interface Props {
  client: string;
  /** The roles that the caller may give. */
  roles: readonly ClientRole[];
  workforces: readonly Workforce[];
  /** The caller's own workforce, when he may only invite into it. */
  fixedWorkforce?: string | undefined;
  onDone: () => void;
}

/** Invites a person by e-mail and roles; the link is shown once, for the inviter to send. */
export function InviteForm({ client, roles, workforces, fixedWorkforce, onDone }: Props) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const [chosen, setChosen] = useState<string[]>(roles.length === 1 ? [...roles] : []);
  // Nothing chosen yet: the only workforce there is. The list may come after the form.
  const [picked, setPicked] = useState<string | null>();
  const workforce = fixedWorkforce ?? (picked === undefined && workforces.length === 1 ? workforces[0]?.id : picked) ?? null;
  const needsWorkforce = chosen.some((role) => role === 'annotator' || role === 'reviewer' || role === 'workforce_manager');
  const invite = useMutation({
    mutationFn: () =>
      api.post<NewInvitation>(
        path('clients', client, 'invitations'),
        { email: email.trim(), roles: chosen, ...(needsWorkforce && workforce ? { workforce } : {}) },
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: invitationsQuery(client).queryKey }),
  });
  if (invite.data) return <InvitationLink invitation={invite.data} email={email} onDone={onDone} />;
  const problem = invite.error instanceof ApiError ? invite.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="invite-form">
      <Stack gap="sm">
        <TextInput label={t`E-mail`} type="email" data-autofocus required withAsterisk={false} value={email} error={problem?.faultsAt('/email')[0]} onChange={(e) => setEmail(e.currentTarget.value)} />
        {roles.length > 1 ? <RoleChoice roles={roles} value={chosen} onChange={setChosen} error={problem?.faultsAt('/roles')[0]} /> : null}
        {needsWorkforce && workforces.length > 0 ? (
          <Select
            label={t`Workforce`}
            disabled={fixedWorkforce !== undefined}
            data={workforces.map((w) => ({ value: w.id, label: w.name }))}
            value={workforce}
            description={t`Without one: the client's own people.`}
            clearable
            allowDeselect={false}
            onChange={setPicked}
            error={problem?.faultsAt('/workforce')[0]}
          />
        ) : null}
        <ProblemAlert error={invite.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={invite.isPending} disabled={chosen.length === 0}>
            <Trans>Make the invitation</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface RoleChoiceProps {
  roles: readonly ClientRole[];
  value: string[];
  onChange: (roles: string[]) => void;
  error?: string | undefined;
}

function RoleChoice({ roles, value, onChange, error }: RoleChoiceProps) {
  const { t } = useLingui();
  const names = useRoleNames();
  const duties: Record<ClientRole, string> = {
    requester: t`makes projects, uploads, releases`,
    annotator: t`answers tasks`,
    reviewer: t`checks and corrects answers`,
    workforce_manager: t`runs a team of annotators`,
    quality_lead: t`watches agreement and skill`,
    auditor: t`reads the audit log and releases`,
  };
  return (
    <Checkbox.Group label={t`Roles`} value={value} onChange={onChange} error={error}>
      <Stack gap={8} mt={6}>
        {roles.map((role) => (
          <Checkbox key={role} value={role} label={names[role]} description={duties[role]} size="sm" />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

function InvitationLink({ invitation, email, onDone }: { invitation: NewInvitation; email: string; onDone: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <ShownOnce title={t`Send this link to ${email}`} label={t`Invitation link`} value={invitation.link} testId="invitation-link" onDone={onDone}>
      <Trans>It is shown this once, works once and is open until {format.dateTime(invitation.expiresAt)}.</Trans>
    </ShownOnce>
  );
}
