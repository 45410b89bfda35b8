import { useLingui } from '@lingui/react/macro';
import { MultiSelect, TagsInput } from '@mantine/core';
import { usePlaces } from '@/shared/usePlaces';
import { Rule } from './Rule';
import classes from './queue.module.css';
import type { RuleProps } from './RulesSection';

/** Who may be given tasks at all. */
export function AudienceRule({ value, disabled, change, fault }: RuleProps<'audience'>) {
  const { t } = useLingui();
  const places = usePlaces();
  return (
    <Rule
      name="audience"
      title={t`Only certain people`}
      description={t`Who has every one of the qualifications, one of the languages and one of the countries. What is empty does not restrict.`}
      on={value.on}
      disabled={disabled}
      onToggle={(on) => change({ on })}
    >
      <MultiSelect
        className={classes['wide'] ?? ''}
        label={t`Languages`}
        searchable
        disabled={disabled}
        data={places.languages(value.languages)}
        value={[...value.languages]}
        error={fault('languages')}
        onChange={(languages) => change({ languages })}
      />
      <MultiSelect
        className={classes['wide'] ?? ''}
        label={t`Countries`}
        searchable
        disabled={disabled}
        limit={50}
        data={places.countries(value.countries)}
        value={[...value.countries]}
        error={fault('countries')}
        onChange={(countries) => change({ countries })}
      />
      <TagsInput
        className={classes['wide'] ?? ''}
        label={t`Qualifications`}
        description={t`The keys of qualifications that quality leads grant or exams give, such as “radiology”.`}
        disabled={disabled}
        value={[...value.qualifications]}
        error={fault('qualifications')}
        onChange={(qualifications) => change({ qualifications })}
      />
    </Rule>
  );
}
