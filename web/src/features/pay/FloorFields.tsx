import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Fieldset, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import type { PayRule } from '@/api/types';
import { IconTrash } from '@/design/icons';
import { useFormat } from '@/shared/useFormat';
import { usePlaces } from '@/shared/usePlaces';
import { money } from './money';

/** The least that an hour of active work earns people who work in a country. */
export interface Floor {
  country: string;
  amount: string;
}

interface Props {
  floors: readonly Floor[];
  fault: (country: string) => string | undefined;
  onChange: (floors: Floor[]) => void;
}

export function FloorFields({ floors, fault, onChange }: Props) {
  const { t } = useLingui();
  const places = usePlaces();
  const set = (at: number, next: Floor) => onChange(floors.map((one, index) => (index === at ? next : one)));
  return (
    <Fieldset legend={t`Least for an hour, by country`}>
      <Stack gap="xs">
        <Text size="xs" c="dimmed">
          <Trans>When a month is closed, whose hours of active work have earned less there gets the difference.</Trans>
        </Text>
        {floors.map((floor, index) => (
          <Group key={index} gap="xs" wrap="nowrap" align="flex-start">
            <Select
              flex={1}
              searchable
              allowDeselect={false}
              aria-label={t`Country ${index + 1}`}
              data={places.countries(floors.map(({ country }) => country).filter((country) => country !== '')).filter(({ value }) => value === floor.country || floors.every(({ country }) => country !== value))}
              value={floor.country || null}
              onChange={(country) => set(index, { ...floor, country: country ?? '' })}
              data-testid={`floor-country-${index}`}
            />
            <TextInput w={140} inputMode="decimal" aria-label={t`Least for an hour ${index + 1}`} placeholder="12.00" value={floor.amount} error={fault(floor.country)} onChange={(e) => set(index, { ...floor, amount: e.currentTarget.value })} data-testid={`floor-amount-${index}`} />
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t`Remove country ${index + 1}`} onClick={() => onChange(floors.filter((_, other) => other !== index))}>
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button variant="default" size="xs" onClick={() => onChange([...floors, { country: '', amount: '' }])} data-testid="add-floor">
            <Trans>Add a country</Trans>
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

/** A rule's floors in a line. */
export function Floors({ rule }: { rule: PayRule }) {
  const { locale } = useFormat();
  const { countryName } = usePlaces();
  const floors = Object.entries(rule.floors ?? {});
  if (floors.length === 0) return '–';
  return floors.map(([country, amount]) => `${countryName(country)} ${money(locale, amount ?? '0', rule.currency ?? 'EUR')}`).join(', ');
}
