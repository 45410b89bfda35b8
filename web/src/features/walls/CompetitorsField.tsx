import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Pill, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import type { NamedOrganisation } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { organisationQuery } from './queries';

interface Props {
  client: string;
  value: readonly NamedOrganisation[];
  onChange: (value: NamedOrganisation[]) => void;
  error?: string | undefined;
}

/** Competitors, each found by its name: the register is not for a client to browse. */
export function CompetitorsField({ client, value, onChange, error }: Props) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const wanted = name.trim();
  const find = useMutation({
    mutationFn: () => queryClient.fetchQuery({ ...organisationQuery(client, wanted), staleTime: 0 }),
    onSuccess: (found) => {
      if (found.length === 0) return;
      onChange([...value, ...found.filter(({ id }) => !value.some((one) => one.id === id))]);
      setName('');
    },
  });
  const missing = find.data?.length === 0 ? t`No organisation of this name is in the register. The operator enters them.` : undefined;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !wanted) return;
    event.preventDefault();
    find.mutate();
  };
  return (
    <Stack gap={6}>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          style={{ flex: 1 }}
          label={t`Competitors`}
          description={t`The full name of an organisation, in whatever case.`}
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
            find.reset();
          }}
          onKeyDown={onKeyDown}
          data-testid="competitor-name"
        />
        <Button variant="default" disabled={!wanted} loading={find.isPending} onClick={() => find.mutate()}>
          <Trans>Find</Trans>
        </Button>
      </Group>
      {missing || error ? (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {missing ?? error}
        </Text>
      ) : null}
      <ProblemAlert error={find.error} />
      {value.length > 0 ? (
        <Pill.Group>
          {value.map((one) => (
            <Pill
              key={one.id}
              size="md"
              withRemoveButton
              removeButtonProps={{ 'aria-label': t`Remove ${one.name}`, tabIndex: 0, 'aria-hidden': false }}
              onRemove={() => onChange(value.filter(({ id }) => id !== one.id))}
            >
              {one.name}
            </Pill>
          ))}
        </Pill.Group>
      ) : null}
    </Stack>
  );
}
