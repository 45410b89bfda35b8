import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@/design/icons';
import { useFormat } from '@/shared/useFormat';
import { hasOptions } from './editing';
import { LabelPlanRow } from './LabelPlanRow';
import { KEPT, optionKey, targetsFor, type AskedQuestion, type Plan, type Relabelling } from './relabelling';
import classes from './relabelling.module.css';

interface Props {
  asked: AskedQuestion;
  relabelling: Relabelling;
  onChange: (relabelling: Relabelling) => void;
}

/** A question: its options and what becomes of each, or that it is asked no more. */
export function OptionPlans({ asked, relabelling, onChange }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const { place, key, question, label } = asked;
  const options = question.options ?? [];
  const added = relabelling.options[place] ?? [];
  const retired = relabelling.plans[key]?.act === 'retire';
  const name = label ? `${format.name(label)}: ${format.name(question)}` : format.name(question);
  const plan = (at: string, next: Plan) => onChange({ ...relabelling, plans: { ...relabelling.plans, [at]: next } });
  const add = (next: readonly string[]) => onChange({ ...relabelling, options: { ...relabelling.options, [place]: next } });
  return (
    <Stack gap="xs" role="group" aria-label={name} data-testid={`options-${place}`}>
      <Group justify="space-between">
        <Text size="sm" fw={650}>
          {name}
        </Text>
        <Checkbox
          size="xs"
          label={t`is asked no more`}
          aria-label={t`${name} is asked no more`}
          checked={retired}
          onChange={(event) => plan(key, event.currentTarget.checked ? { ...KEPT, act: 'retire' } : KEPT)}
        />
      </Group>
      {retired || !hasOptions(question.type) ? null : (
        <>
          {options.map((option) => (
            <LabelPlanRow
              key={option.id}
              label={option}
              planKey={optionKey(asked, option.id)}
              plan={relabelling.plans[optionKey(asked, option.id)] ?? KEPT}
              targets={targetsFor(option.id, options, relabelling, (id) => optionKey(asked, id))}
              onChange={(next) => plan(optionKey(asked, option.id), next)}
            />
          ))}
          {added.map((text, index) => (
            <div key={index} className={classes['row']}>
              <TextInput
                aria-label={t`Name of the new option`}
                placeholder={t`New option`}
                maxLength={200}
                value={text}
                onChange={(event) => add(added.map((one, at) => (at === index ? event.currentTarget.value : one)))}
              />
              <Group gap="xs">
                <ActionIcon variant="subtle" color="red" aria-label={t`Remove the new option`} onClick={() => add(added.filter((_, at) => at !== index))}>
                  <IconTrash size={16} />
                </ActionIcon>
              </Group>
            </div>
          ))}
          <div>
            <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => add([...added, ''])} data-testid={`add-option-${place}`}>
              <Trans>Add an option</Trans>
            </Button>
          </div>
        </>
      )}
    </Stack>
  );
}
