import { useLingui } from '@lingui/react/macro';
import { Select, Text, TextInput } from '@mantine/core';
import type { Label, Option } from '@/api/types';
import { useFormat } from '@/shared/useFormat';
import projects from '../projects.module.css';
import type { Plan } from './relabelling';
import classes from './relabelling.module.css';

interface Props {
  label: Label | Option;
  /** Its name among all that are planned. */
  planKey?: string;
  plan: Plan;
  targets: readonly (Label | Option)[];
  onChange: (plan: Plan) => void;
}

/** A label or an option and what becomes of it. */
export function LabelPlanRow({ label, planKey = label.id, plan, targets, onChange }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const name = format.name(label);
  return (
    <div className={classes['row']} data-testid={`plan-${planKey}`}>
      <Text size="sm" fw={550} className={classes['name'] ?? ''}>
        {'color' in label ? <span className={projects['swatch']} style={{ background: label.color }} /> : null} {name}
      </Text>
      <Select
        aria-label={t`What becomes of ${name}`}
        allowDeselect={false}
        data={[
          { value: 'keep', label: t`stays` },
          { value: 'rename', label: t`is renamed` },
          { value: 'merge', label: t`is merged into another`, disabled: targets.length === 0 },
          { value: 'retire', label: t`is retired` },
        ]}
        value={plan.act}
        onChange={(act) => onChange({ ...plan, act: act as Plan['act'], name: plan.name || label.name })}
      />
      {plan.act === 'rename' ? <TextInput aria-label={t`New name of ${name}`} value={plan.name} maxLength={200} onChange={(event) => onChange({ ...plan, name: event.currentTarget.value })} /> : null}
      {plan.act === 'merge' ? (
        <Select
          aria-label={t`${name} becomes`}
          placeholder={t`Choose`}
          data={targets.map((target) => ({ value: target.id, label: format.name(target) }))}
          value={plan.into || null}
          onChange={(into) => onChange({ ...plan, into: into ?? '' })}
        />
      ) : null}
    </div>
  );
}
