import { useLingui } from '@lingui/react/macro';
import { NumberInput, TextInput } from '@mantine/core';
import type { Figure } from './policy';
import { Rule } from './Rule';
import type { RuleProps } from './RulesSection';

interface NumberProps {
  label: string;
  description?: string;
  value: Figure;
  error: string | undefined;
  disabled: boolean;
  percent?: boolean;
  onChange: (value: Figure) => void;
}

function NumberField({ percent = false, description, ...rest }: NumberProps) {
  return <NumberInput min={0} allowDecimal={percent} {...(percent ? { suffix: ' %', max: 100, decimalScale: 3 } : {})} {...(description ? { description } : {})} {...rest} />;
}

/** A part of the tasks gets another number of answers. */
export function OverlapRule({ value, disabled, change, fault }: RuleProps<'overlap'>) {
  const { t } = useLingui();
  return (
    <Rule
      name="overlap"
      title={t`Overlap for a share`}
      description={t`A part of the tasks, drawn evenly, gets another number of answers than the project's.`}
      on={value.on}
      disabled={disabled}
      onToggle={(on) => change({ on })}
    >
      <NumberField label={t`Share of the tasks`} percent value={value.percent} error={fault('share')} disabled={disabled} onChange={(percent) => change({ percent })} />
      <NumberField label={t`Answers for each of them`} value={value.answers} error={fault('answers')} disabled={disabled} onChange={(answers) => change({ answers })} />
    </Rule>
  );
}

/** More answers where there is doubt, an early end where there is none. */
export function AdaptiveRule({ value, disabled, change, fault }: RuleProps<'adaptive'>) {
  const { t } = useLingui();
  return (
    <Rule
      name="adaptive"
      title={t`More answers in doubt, fewer when sure`}
      description={t`One more annotator where answers disagree or leave doubt; an early end at a confidence. Calibrated as far as the accuracy was measured.`}
      on={value.on}
      disabled={disabled}
      onToggle={(on) => change({ on })}
    >
      <NumberField label={t`At least`} description={t`Answers before a task may end early.`} value={value.minimum} error={fault('minimum')} disabled={disabled} onChange={(minimum) => change({ minimum })} />
      <NumberField label={t`At most`} description={t`Answers that no task goes beyond.`} value={value.maximum} error={fault('maximum')} disabled={disabled} onChange={(maximum) => change({ maximum })} />
      <NumberField label={t`One more below this agreement`} description={t`Share of the most frequent answer.`} percent value={value.agreement} error={fault('agreement')} disabled={disabled} onChange={(agreement) => change({ agreement })} />
      <NumberField label={t`Done at this confidence`} description={t`One more below it.`} percent value={value.confidence} error={fault('confidence')} disabled={disabled} onChange={(confidence) => change({ confidence })} />
      <NumberField label={t`Accuracy of an annotator`} description={t`As measured on gold or consensus.`} percent value={value.accuracy} error={fault('accuracy')} disabled={disabled} onChange={(accuracy) => change({ accuracy })} />
    </Rule>
  );
}

/** How much one person may take. */
export function CapsRule({ value, disabled, change, fault }: RuleProps<'caps'>) {
  const { t } = useLingui();
  return (
    <Rule
      name="caps"
      title={t`A limit for each person`}
      description={t`So that no one person's habits become the data. Revisions of returned answers do not count.`}
      on={value.on}
      disabled={disabled}
      onToggle={(on) => change({ on })}
    >
      <NumberField label={t`Answers at most`} value={value.tasks} error={fault('tasks')} disabled={disabled} onChange={(tasks) => change({ tasks })} />
      <NumberField label={t`Skips at most`} description={t`Who has no more left answers, or gives the task back.`} value={value.skips} error={fault('skips')} disabled={disabled} onChange={(skips) => change({ skips })} />
      <NumberField label={t`Share of the project's tasks`} percent value={value.percent} error={fault('share')} disabled={disabled} onChange={(percent) => change({ percent })} />
    </Rule>
  );
}

/** How much all together may take. */
export function BudgetRule({ value, disabled, change, fault }: RuleProps<'budget'>) {
  const { t } = useLingui();
  return (
    <Rule
      name="budget"
      title={t`A budget for the project`}
      description={t`When it is used up, nobody gets another task. Revisions of returned answers cost nothing.`}
      on={value.on}
      disabled={disabled}
      onToggle={(on) => change({ on })}
    >
      <NumberField label={t`Answers in all`} value={value.answers} error={fault('answers')} disabled={disabled} onChange={(answers) => change({ answers })} />
      <TextInput label={t`Amount in all`} inputMode="decimal" placeholder="150.00" value={value.cost} error={fault('cost')} disabled={disabled} onChange={(event) => change({ cost: event.currentTarget.value })} />
      <TextInput label={t`Price of an answer`} inputMode="decimal" placeholder="0.25" value={value.price} error={fault('price')} disabled={disabled} onChange={(event) => change({ price: event.currentTarget.value })} />
    </Rule>
  );
}
