import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Input, SegmentedControl, Stack, TextInput, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '@/api/client';
import { sessionQuery, useSession } from '@/api/session';
import type { Person } from '@/api/types';
import { LanguageSwitch } from '@/features/shell/LanguageSwitch';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Section } from '@/shared/Section';

export function ProfileSection() {
  const { t } = useLingui();
  const { person } = useSession();
  const queryClient = useQueryClient();
  const [name, setName] = useState(person.name);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const save = useMutation({
    mutationFn: () => api.patch<Person>('/me', { name: name.trim() }),
    onSuccess: () => queryClient.setQueryData(sessionQuery.queryKey, (s) => (s ? { ...s, person: { ...s.person, name: name.trim() } } : s)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Section title={t`Profile and appearance`}>
      <Stack gap="md">
        <form onSubmit={submit}>
          <Group align="flex-end" wrap="nowrap" gap="xs">
            <TextInput flex={1} label={t`Name`} required withAsterisk={false} value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <Button type="submit" variant="default" disabled={name.trim() === person.name || !name.trim()} loading={save.isPending}>
              <Trans>Save</Trans>
            </Button>
          </Group>
        </form>
        <ProblemAlert error={save.error} />
        <Group gap="xl" wrap="wrap">
          <Input.Wrapper label={t`Language`}>
            <div>
              <LanguageSwitch persist />
            </div>
          </Input.Wrapper>
          <Input.Wrapper label={t`Appearance`}>
            <div>
              <SegmentedControl
                size="xs"
                aria-label={t`Appearance`}
                data-testid="scheme"
                value={colorScheme}
                onChange={(value) => setColorScheme(value as MantineColorScheme)}
                data={[
                  { value: 'light', label: t`Light` },
                  { value: 'dark', label: t`Dark` },
                  { value: 'auto', label: t`As the system` },
                ]}
              />
            </div>
          </Input.Wrapper>
        </Group>
      </Stack>
    </Section>
  );
}
