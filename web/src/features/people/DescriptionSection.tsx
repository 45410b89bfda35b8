import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Fieldset, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ApiError } from '@/api/client';
import type { SelfDescription } from '@/api/types';
import { IconTrash } from '@/design/icons';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { usePlaces } from '@/shared/usePlaces';
import { descriptionQuery } from './queries';

const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;
const LEVELS = ['1', '2', '3', '4', '5'];

/** Where the reader lives, what he knows and when he works. Clients read it; where he works says each client's manager. */
export function DescriptionSection() {
  const { t } = useLingui();
  const query = useQuery(descriptionQuery);
  return (
    <Section title={t`Where I live, what I know and when I work`} subtitle={t`Clients for whom you work read it: some let in people of certain countries only, and managers plan with your hours.`} testId="description">
      <QueryView query={query}>{(said) => <Form key={JSON.stringify(said)} said={said} />}</QueryView>
    </Section>
  );
}

function Form({ said }: { said: SelfDescription }) {
  const { t } = useLingui();
  const { locale, number } = useFormat();
  const places = usePlaces();
  const queryClient = useQueryClient();
  const [residence, setResidence] = useState<string | null>(said.residence ?? null);
  const [hours, setHours] = useState<(number | string)[]>(Array.from({ length: 7 }, (_, day) => (said.availability?.minutes[day] ?? 0) / 60));
  const [skills, setSkills] = useState(() => said.skills.map(({ skill, level }) => ({ skill, level })));
  const [daysOff, setDaysOff] = useState((said.availability?.daysOff ?? []).join(', '));
  const [zone, setZone] = useState(said.availability?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const save = useMutation({
    mutationFn: () =>
      api.put<SelfDescription>('/me/description', {
        ...(residence ? { residence } : {}),
        languages: said.languages,
        skills: skills.map(({ skill, level }) => ({ skill: skill.trim(), level })).filter(({ skill }) => skill !== ''),
        availability: { timeZone: zone.trim(), minutes: hours.map((one) => Math.round(Number(one) * 60)), daysOff: daysOff.split(/[\s,;]+/).filter((day) => day !== '') },
      }),
    onSuccess: (now) => {
      queryClient.setQueryData(descriptionQuery.queryKey, now);
      notify(t`What you say of yourself is saved`);
    },
  });
  const fault = (pointer: string) => (save.error instanceof ApiError ? save.error.faults.find((one) => one.pointer.startsWith(pointer))?.message : undefined);
  const setSkill = (at: number, next: { skill: string; level: number }) => setSkills(skills.map((one, index) => (index === at ? next : one)));
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  // What is typed as 7,5 in French reads 7,5 everywhere else, too.
  const decimal = new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.';
  const sum = hours.reduce<number>((all, one) => all + Number(one), 0);
  return (
    <Stack gap="sm">
      <Group align="flex-start" grow>
        <Select label={t`I live in`} searchable clearable data={places.countries(residence ? [residence] : [])} value={residence} onChange={setResidence} error={fault('/residence')} data-testid="residence" />
        <TextInput label={t`Time zone`} value={zone} onChange={(e) => setZone(e.currentTarget.value)} error={fault('/availability/timeZone')} />
      </Group>
      <Fieldset legend={t`Skills`}>
        <Stack gap="xs">
          {skills.map(({ skill, level }, index) => (
            <Group key={index} gap="xs" wrap="nowrap" align="flex-start">
              <TextInput flex={1} aria-label={t`Skill ${index + 1}`} placeholder={t`radiology`} value={skill} error={fault(`/skills/${index}/`)} onChange={(e) => setSkill(index, { skill: e.currentTarget.value, level })} data-testid={`skill-${index}`} />
              <Select w={120} aria-label={t`Level of skill ${index + 1}`} allowDeselect={false} data={LEVELS.map((value) => ({ value, label: t`Level ${value}` }))} value={String(level)} onChange={(value) => setSkill(index, { skill, level: Number(value) })} />
              <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t`Remove skill ${index + 1}`} onClick={() => setSkills(skills.filter((_, other) => other !== index))}>
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
          ))}
          <Text size="xs" c="dimmed">
            <Trans>In small letters, digits, dots, hyphens and underscores; 5 is the highest level. What is proved stands among your qualifications and licences.</Trans>
          </Text>
          <Group>
            <Button variant="default" size="xs" onClick={() => setSkills([...skills, { skill: '', level: 3 }])} data-testid="add-skill">
              <Trans>Add a skill</Trans>
            </Button>
          </Group>
        </Stack>
      </Fieldset>
      <Group gap="xs" align="flex-end">
        {hours.map((value, day) => (
          <NumberInput
            key={day}
            w={104}
            label={weekday.format(new Date(MONDAY + day * DAY))}
            min={0}
            max={24}
            step={0.5}
            decimalSeparator={decimal}
            allowedDecimalSeparators={['.', ',']}
            value={value}
            onChange={(next) => setHours(hours.map((one, index) => (index === day ? next : one)))}
            data-testid={`hours-${day}`}
          />
        ))}
      </Group>
      <Text size="sm" c="dimmed">
        <Trans>{number(sum, { maximumFractionDigits: 2 })} hours a week</Trans>
      </Text>
      <TextInput label={t`Days off`} description={t`As 2026-12-24, with commas between.`} value={daysOff} onChange={(e) => setDaysOff(e.currentTarget.value)} error={fault('/availability/daysOff')} />
      <ProblemAlert error={save.error} hideFaults />
      <Group justify="flex-end">
        <Button variant="default" loading={save.isPending} onClick={() => save.mutate()} data-testid="save-description">
          <Trans>Save</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
