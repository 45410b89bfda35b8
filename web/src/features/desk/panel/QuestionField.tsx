import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import { NumberInput, Textarea } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { nameIn, type Question, type Value } from '@engines/core';
import { IconCheck } from '@/design/icons';
import classes from '../desk.module.css';
import { KeyHint } from './KeyHint';

interface Props {
  question: Question;
  value: Value | undefined;
  /** What is wrong with the value, in the reader's language. */
  fault: string | undefined;
  compact?: boolean;
  disabled?: boolean;
  /** The key of an option (`true`/`false` for yes and no). */
  hint?: (option: string) => string | undefined;
  onChange: (value: Value | null) => void;
}

/** One question of any type: options as buttons with their keys, or a field. Also used for attributes of boxes. */
export function QuestionField(props: Props) {
  const { i18n } = useLingui();
  const { question, fault, compact = false } = props;
  const faultId = useId();
  return (
    <fieldset
      className={`${classes.question} ${compact ? classes.compact : ''}`}
      aria-describedby={fault === undefined ? undefined : faultId}
      data-testid={`question-${question.id}`}
    >
      <legend className={classes.legend}>
        {nameIn(i18n.locale, question)}
        {question.required === true ? (
          <span aria-hidden="true"> *</span>
        ) : (
          <span style={{ fontWeight: 400, color: 'var(--mantine-color-dimmed)' }}>
            {' '}
            <Trans>(optional)</Trans>
          </span>
        )}
      </legend>
      <Field {...props} />
      {fault === undefined ? null : (
        <p id={faultId} className={classes.fault} role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  );
}

function Field({ question, value, disabled = false, hint = () => undefined, onChange }: Props) {
  const { i18n } = useLingui();
  const name = nameIn(i18n.locale, question);
  const option = (id: string, words: ReactNode, chosen: boolean, many: boolean, press: () => void) => {
    const chord = hint(id);
    return (
      <button
        key={id}
        type="button"
        className={classes.option}
        aria-pressed={chosen}
        {...(chord === undefined ? {} : { 'aria-keyshortcuts': chord })}
        disabled={disabled}
        onClick={press}
        data-option=""
        data-testid={`option-${question.id}-${id}`}
      >
        <span className={classes.mark} {...(many ? { 'data-many': '' } : {})} aria-hidden="true">
          {chosen ? <IconCheck size={13} /> : null}
        </span>
        <span className={classes.optionName}>{words}</span>
        <KeyHint chord={chord} />
      </button>
    );
  };
  switch (question.type) {
    case 'choice':
    case 'multi_choice':
      return (
        <div className={classes.options}>
          {(question.options ?? []).map((item) => {
            const next = picked(question, value, item.id);
            const chosen = Array.isArray(value) ? value.includes(item.id) : value === item.id;
            return option(item.id, nameIn(i18n.locale, item), chosen, question.type === 'multi_choice', () => onChange(next));
          })}
        </div>
      );
    case 'boolean':
      return (
        <div className={classes.options} style={{ gridTemplateColumns: '1fr 1fr' }}>
          {option('true', <Trans>Yes</Trans>, value === true, false, () => onChange(picked(question, value, 'true')))}
          {option('false', <Trans>No</Trans>, value === false, false, () => onChange(picked(question, value, 'false')))}
        </div>
      );
    case 'number':
      return (
        <NumberInput
          aria-label={name}
          value={typeof value === 'number' ? value : ''}
          disabled={disabled}
          onChange={(next) => onChange(typeof next === 'number' ? next : null)}
          data-testid={`field-${question.id}`}
        />
      );
    case 'text':
      return (
        <Textarea
          aria-label={name}
          value={typeof value === 'string' ? value : ''}
          disabled={disabled}
          autosize
          minRows={2}
          maxRows={10}
          onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
          data-testid={`field-${question.id}`}
        />
      );
  }
}

/** The value after an option was picked: picking the chosen one again takes it back where no answer is needed. */
export function picked(question: Question, value: Value | undefined, option: string): Value | null {
  switch (question.type) {
    case 'multi_choice': {
      const before = Array.isArray(value) ? (value as readonly string[]) : [];
      const chosen = before.includes(option) ? before.filter((id) => id !== option) : [...before, option];
      // Options stand in the order of the ontology, whatever the order of picking.
      const ordered = (question.options ?? []).map(({ id }) => id).filter((id) => chosen.includes(id));
      return ordered.length === 0 ? null : ordered;
    }
    case 'boolean': {
      const wanted = option === 'true';
      return value === wanted && question.required !== true ? null : wanted;
    }
    case 'choice':
      return value === option && question.required !== true ? null : option;
    case 'text':
    case 'number':
      return value ?? null;
  }
}
