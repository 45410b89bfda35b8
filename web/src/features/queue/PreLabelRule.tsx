import { useLingui } from '@lingui/react/macro';
import { Rule } from './Rule';
import type { RuleProps } from './RulesSection';

/** Whether annotators begin from what a model answered. */
export function PreLabelRule({ value, disabled, change }: RuleProps<'preLabels'>) {
  const { t } = useLingui();
  return (
    <Rule
      name="preLabels"
      title={t`Show pre-labels`}
      description={t`The desk opens with what a model answered, marked as such. Not while a gold task in use has no pre-label: it would stand out.`}
      on={value.on}
      disabled={disabled}
      onToggle={(on) => change({ on })}
    />
  );
}
