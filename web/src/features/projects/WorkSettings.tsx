import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Group, MultiSelect, NumberInput, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ApiError } from '@/api/client';
import { IconPlus, IconTrash } from '@/design/icons';
import { peopleQuery, workforcesQuery } from '@/features/clients/queries';
import { Section } from '@/shared/Section';
import type { Draft } from './draft';

interface Props {
  client: string;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  problem: ApiError | null;
}

/** How many people answer, how much is reviewed, who works. */
export function WorkSettings({ client, draft, change, problem }: Props) {
  const { t } = useLingui();
  const workforces = useQuery(workforcesQuery(client));
  return (
    <Section title={t`How the work is done`}>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <NumberInput
            label={t`Answers per task`}
            description={t`By different people.`}
            min={1}
            max={50}
            allowDecimal={false}
            value={draft.redundancy}
            error={problem?.faultsAt('/redundancy')[0]}
            onChange={(value) => change({ redundancy: Number(value) || 1 })}
          />
          <NumberInput
            label={t`Share reviewed`}
            description={t`Drawn at random from the answers.`}
            min={0}
            max={100}
            suffix=" %"
            value={draft.reviewPercent}
            error={problem?.faultsAt('/reviewShare')[0]}
            onChange={(value) => change({ reviewPercent: Number(value) || 0 })}
          />
          <NumberInput
            label={t`Rounds per person`}
            description={t`Above 1 it measures how steady people are.`}
            min={1}
            max={10}
            allowDecimal={false}
            value={draft.repeats}
            error={problem?.faultsAt('/repeats')[0]}
            onChange={(value) => change({ repeats: Number(value) || 1 })}
          />
        </SimpleGrid>
        <PersonRepeats client={client} value={draft.repeatsByPerson} onChange={(repeatsByPerson) => change({ repeatsByPerson })} />
        <MultiSelect
          label={t`Workforces`}
          description={t`The teams that may see and answer the tasks.`}
          placeholder={draft.workforces.length === 0 ? t`Choose` : ''}
          data={(workforces.data ?? []).map((w) => ({ value: w.id, label: w.name }))}
          value={draft.workforces}
          error={problem?.faultsAt('/workforces')[0]}
          data-testid="project-workforces"
          onChange={(chosen) => change({ workforces: chosen })}
        />
      </Stack>
    </Section>
  );
}

interface RepeatsProps {
  client: string;
  value: Record<string, number>;
  onChange: (value: Record<string, number>) => void;
}

/** Exceptions to the rounds, person by person: one annotator can be asked again where the others are asked once. */
function PersonRepeats({ client, value, onChange }: RepeatsProps) {
  const { t } = useLingui();
  const people = useQuery(peopleQuery(client)).data ?? [];
  const annotators = people.filter((person) => person.roles.includes('annotator'));
  const free = annotators.filter((person) => !(person.id in value));
  const without = (id: string) => Object.fromEntries(Object.entries(value).filter(([other]) => other !== id));
  if (annotators.length === 0) return null;
  return (
    <Stack gap="xs" data-testid="person-repeats">
      {Object.entries(value).map(([id, rounds]) => {
        const person = annotators.find((p) => p.id === id);
        return (
          <Group key={id} gap="xs" align="flex-end">
            <Select
              aria-label={t`Person`}
              allowDeselect={false}
              data={[...(person ? [person] : []), ...free].map((p) => ({ value: p.id, label: p.name }))}
              value={id}
              onChange={(next) => next && onChange({ ...without(id), [next]: rounds })}
            />
            <NumberInput w={90} aria-label={t`Rounds of ${person?.name ?? ''}`} min={1} max={10} allowDecimal={false} value={rounds} onChange={(n) => onChange({ ...value, [id]: Number(n) || 1 })} />
            <Text size="sm" pb={8}>
              <Trans>rounds</Trans>
            </Text>
            <ActionIcon variant="subtle" color="red" mb={4} aria-label={t`Remove the exception for ${person?.name ?? ''}`} onClick={() => onChange(without(id))}>
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        );
      })}
      {free[0] ? (
        <div>
          <Button size="xs" variant="subtle" leftSection={<IconPlus size={14} />} onClick={() => free[0] && onChange({ ...value, [free[0].id]: 3 })}>
            <Trans>Other rounds for one person</Trans>
          </Button>
        </div>
      ) : null}
    </Stack>
  );
}
