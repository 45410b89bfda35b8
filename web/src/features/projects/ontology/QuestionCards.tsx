import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Checkbox, Select, Text } from '@mantine/core';
import type { Question, QuestionType } from '@/api/types';
import { IconPlus } from '@/design/icons';
import { hasOptions, type QuestionList } from './editing';
import { NamedFields, OrderButtons } from './NamedFields';
import { useEditing } from './OntologyEditor';
import classes from './ontology.module.css';

interface Props {
  questions: readonly Question[];
  list: QuestionList;
  pointer: string;
  attributes?: boolean;
}

export function QuestionCards({ questions, list, pointer, attributes = false }: Props) {
  const { dispatch } = useEditing();
  return (
    <>
      {questions.map((question, index) => (
        <QuestionCard key={index} question={question} list={list} index={index} count={questions.length} pointer={`${pointer}/${index}`} />
      ))}
      <div>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => dispatch({ type: 'question/add', list })}
          data-testid={attributes ? undefined : 'add-question'}
        >
          {attributes ? <Trans>Add an attribute</Trans> : <Trans>Add a question</Trans>}
        </Button>
      </div>
    </>
  );
}

interface CardProps {
  question: Question;
  list: QuestionList;
  index: number;
  count: number;
  pointer: string;
}

function QuestionCard({ question, list, index, count, pointer }: CardProps) {
  const { t } = useLingui();
  const { dispatch, faultAt } = useEditing();
  const change = (part: Partial<Question>) => dispatch({ type: 'question/change', list, question: index, change: part });
  return (
    <div className={classes['item']} data-testid={`question-${index}`}>
      <div className={classes['line']}>
        <TypeSelect value={question.type} error={faultAt(`${pointer}/type`)} onChange={(type) => change({ type })} />
        <NamedFields item={question} pointer={pointer} savedKey={`question:${question.id}`} placeholder={t`Question`} onChange={change} />
        <Checkbox
          className={classes['required']}
          label={t`Required`}
          size="sm"
          checked={question.required ?? false}
          onChange={(event) => change({ required: event.currentTarget.checked })}
        />
        <OrderButtons
          name={question.name}
          index={index}
          count={count}
          onMove={(by) => dispatch({ type: 'question/move', list, question: index, by })}
          onRemove={() => dispatch({ type: 'question/remove', list, question: index })}
        />
      </div>
      {hasOptions(question.type) ? <Options question={question} list={list} index={index} pointer={`${pointer}/options`} /> : null}
    </div>
  );
}

function TypeSelect({ value, error, onChange }: { value: QuestionType; error: string | undefined; onChange: (type: QuestionType) => void }) {
  const { t } = useLingui();
  return (
    <Select
      className={classes['type']}
      aria-label={t`Kind of answer`}
      allowDeselect={false}
      value={value}
      error={error}
      data={[
        { value: 'choice', label: t`One of` },
        { value: 'multi_choice', label: t`Several of` },
        { value: 'boolean', label: t`Yes or no` },
        { value: 'number', label: t`Number` },
        { value: 'text', label: t`Text` },
      ]}
      onChange={(type) => onChange(type as QuestionType)}
    />
  );
}

function Options({ question, list, index, pointer }: { question: Question; list: QuestionList; index: number; pointer: string }) {
  const { t } = useLingui();
  const { dispatch, faultAt } = useEditing();
  const options = question.options ?? [];
  const fault = faultAt(pointer);
  return (
    <div className={classes['nested']} role="group" aria-label={t`Options of ${question.name}`}>
      {options.map((option, n) => (
        <div key={n} className={classes['line']} data-testid={`option-${n}`}>
          <span className={`${classes['number']} tabular`} aria-hidden="true">
            {n + 1}
          </span>
          <NamedFields
            item={option}
            pointer={`${pointer}/${n}`}
            savedKey={`option:${question.id}/${option.id}`}
            placeholder={t`Option`}
            onChange={(change) => dispatch({ type: 'option/change', list, question: index, option: n, change })}
          />
          <OrderButtons
            name={option.name}
            index={n}
            count={options.length}
            onMove={(by) => dispatch({ type: 'option/move', list, question: index, option: n, by })}
            onRemove={() => dispatch({ type: 'option/remove', list, question: index, option: n })}
          />
        </div>
      ))}
      {fault ? (
        <Text size="xs" c="red">
          {fault}
        </Text>
      ) : null}
      <div>
        <Button size="xs" variant="subtle" leftSection={<IconPlus size={14} />} onClick={() => dispatch({ type: 'option/add', list, question: index })}>
          <Trans>Add an option</Trans>
        </Button>
      </div>
    </div>
  );
}
