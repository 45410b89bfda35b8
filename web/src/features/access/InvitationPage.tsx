import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { InvitationPreview, Session } from '@/api/types';
import { ListSkeleton } from '@/shared/ListSkeleton';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { RoleName } from '@/shared/RoleName';
import { useFormat } from '@/shared/useFormat';
import { AuthFrame } from './AuthFrame';
import { NewPasswordField } from './NewPasswordField';
import { useArrival } from './useArrival';

export function InvitationPage() {
  const { t } = useLingui();
  const { token } = useParams({ from: '/invitation/$token' });
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => api.post<InvitationPreview>('/invitations/look-up', { token }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (invitation.data) return <Accept token={token} invitation={invitation.data} />;
  if (invitation.error instanceof ApiError && invitation.error.status === 404) {
    return (
      <AuthFrame
        title={t`This invitation is no longer open`}
        subtitle={t`It was accepted, withdrawn or has expired. Ask for a new one, or sign in if you have accepted it.`}
      >
        <Anchor component={Link} to="/sign-in" size="sm">
          <Trans>To the sign-in page</Trans>
        </Anchor>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t`Invitation`}>
      {invitation.isError ? <ProblemAlert error={invitation.error} onRetry={() => void invitation.refetch()} /> : <ListSkeleton rows={4} />}
    </AuthFrame>
  );
}

function Accept({ token, invitation }: { token: string; invitation: InvitationPreview }) {
  const { t } = useLingui();
  const format = useFormat();
  const arrive = useArrival('/');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const accept = useMutation({
    mutationFn: () => api.post<Session>('/invitations/accept', { token, name: name.trim(), password }),
    onSuccess: arrive,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate();
  };
  return (
    <AuthFrame title={t`Join ${invitation.clientName}`} subtitle={t`Open until ${format.dateTime(invitation.expiresAt)}`}>
      <Group gap={6}>
        {invitation.roles.map((role) => (
          <Badge key={role}>
            <RoleName role={role} />
          </Badge>
        ))}
        {invitation.workforceName ? <Text size="sm">{invitation.workforceName}</Text> : null}
      </Group>
      <form onSubmit={submit} data-testid="invitation-form">
        <Stack gap="sm">
          <TextInput label={t`E-mail`} value={invitation.email} readOnly autoComplete="username" />
          <TextInput
            label={t`Name`}
            autoComplete="name"
            required
            withAsterisk={false}
            autoFocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <NewPasswordField value={password} onChange={setPassword} />
          <ProblemAlert error={accept.error} />
          <Button type="submit" loading={accept.isPending} data-testid="accept-invitation">
            <Trans>Accept the invitation</Trans>
          </Button>
        </Stack>
      </form>
    </AuthFrame>
  );
}
