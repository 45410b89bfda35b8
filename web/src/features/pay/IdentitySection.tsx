import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, api } from '@/api/client';
import type { HeldIdentity, Identity } from '@/api/types';
import { Confirm } from '@/shared/Confirm';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { usePlaces } from '@/shared/usePlaces';
import { identityQuery } from './queries';

/** Who a person is before the law and where his pay goes: entered, read and destroyed by himself. */
export function IdentitySection() {
  const { t } = useLingui();
  const held = useQuery(identityQuery);
  return (
    <Section
      title={t`Name and account for payment`}
      subtitle={<Trans>Kept in a vault apart from all clients. Who pays you gets it with your pay, and you read here who looked. No client's requester sees it.</Trans>}
      testId="identity"
    >
      <QueryView query={held}>{(data) => <Held key={data.changedAt ?? ''} held={data} />}</QueryView>
    </Section>
  );
}

type Draft = Record<keyof Identity, string>;

const draftOf = (identity: Identity | undefined): Draft => ({
  legalName: identity?.legalName ?? '',
  address: identity?.address ?? '',
  country: identity?.country ?? '',
  taxId: identity?.taxId ?? '',
  account: identity?.account ?? '',
  bank: identity?.bank ?? '',
});

function Held({ held }: { held: HeldIdentity }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(held.identity));
  const [destroying, setDestroying] = useState(false);
  const save = useMutation({
    mutationFn: () => api.put<HeldIdentity>('/me/identity', Object.fromEntries(Object.entries(draft).filter(([, value]) => value.trim() !== ''))),
    onSuccess: (now) => {
      queryClient.setQueryData(identityQuery.queryKey, now);
      notify(t`Your name and account are saved`);
    },
  });
  const destroy = useMutation({
    mutationFn: () => api.delete('/me/identity'),
    onSuccess: () => {
      setDestroying(false);
      void queryClient.invalidateQueries({ queryKey: identityQuery.queryKey });
    },
  });
  const problem = save.error instanceof ApiError ? save.error : null;
  const field = (name: keyof Identity) => ({
    value: draft[name],
    error: problem?.faultsAt(`/${name}`)[0],
    onChange: (event: { currentTarget: { value: string } }) => setDraft({ ...draft, [name]: event.currentTarget.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <TextInput label={t`Legal name`} {...field('legalName')} data-testid="legal-name" />
          <CountryField value={draft.country} error={problem?.faultsAt('/country')[0]} onChange={(country) => setDraft({ ...draft, country })} />
          <TextInput label={t`Address`} {...field('address')} data-testid="address" />
          <TextInput label={t`Tax number`} {...field('taxId')} />
          <TextInput label={t`IBAN or account`} {...field('account')} data-testid="account" />
          <TextInput label={t`BIC or routing code`} {...field('bank')} />
        </SimpleGrid>
        <ProblemAlert error={save.error} hideFaults />
        <Group justify="space-between">
          {held.identity ? (
            <Button variant="subtle" color="red" onClick={() => setDestroying(true)} data-testid="destroy-identity">
              <Trans>Destroy</Trans>
            </Button>
          ) : (
            <span />
          )}
          <Button type="submit" loading={save.isPending} data-testid="save-identity">
            <Trans>Save</Trans>
          </Button>
        </Group>
        <Looks held={held} />
      </Stack>
      <Confirm
        opened={destroying}
        title={t`Destroy name and account`}
        act={t`Destroy`}
        danger
        pending={destroy.isPending}
        error={destroy.error}
        onConfirm={() => destroy.mutate()}
        onClose={() => setDestroying(false)}
      >
        <Text size="sm">
          <Trans>Nobody can read them any more, and what waits for payment cannot be sent to you until you enter them again. What you earned stays in the ledgers under a pseudonym.</Trans>
        </Text>
      </Confirm>
    </form>
  );
}

function CountryField({ value, error, onChange }: { value: string; error: string | undefined; onChange: (country: string) => void }) {
  const { t } = useLingui();
  const places = usePlaces();
  return <Select label={t`Country of residence`} searchable data={places.countries(value ? [value] : [])} value={value || null} error={error} onChange={(country) => onChange(country ?? '')} data-testid="country" />;
}

/** Who looked besides oneself. */
function Looks({ held }: { held: HeldIdentity }) {
  const { t } = useLingui();
  const format = useFormat();
  const others = held.looks.filter(({ byYourself }) => !byYourself).slice(0, 5);
  if (!held.identity && others.length === 0) return null;
  return (
    <Text size="sm" c="dimmed" data-testid="looks">
      {others.length === 0 ? (
        <Trans>Nobody but you has looked at it.</Trans>
      ) : (
        others.map(({ act, at }) => `${format.dateTime(at)}: ${act === 'pay' ? t`taken to pay you` : t`an operator looked, under break-glass`}`).join(' · ')
      )}
    </Text>
  );
}
