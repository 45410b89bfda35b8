import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Radio, Table, Text } from '@mantine/core';
import type { Ontology, Question, Value } from '@engines/core';
import { KeyHint } from '@/features/desk/panel/KeyHint';
import { QuestionField } from '@/features/desk/panel/QuestionField';
import { ValueText } from '@/features/review/DiffList';
import { useFormat } from '@/shared/useFormat';
import classes from './adjudication.module.css';
import { isDisputed, takeAll, type Merging, type Side } from './merge';
import { sideColor } from './side-color';

interface Props {
  ontology: Ontology;
  sides: readonly Side[];
  merging: Merging;
  onChange: (merging: Merging) => void;
  showMissing: boolean;
}

/** Questions as rows, people as columns: each value is taken from one of them, or given anew. */
export function QuestionTable({ ontology, sides, merging, onChange, showMissing }: Props) {
  const { t } = useLingui();
  return (
    <div className={classes['scroll']}>
      <Table className={classes['table'] ?? ''} data-testid="sides">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Question`}</Table.Th>
            {sides.map((side, index) => (
              <Table.Th key={side.submission}>
                <span className={classes['person']} style={{ borderColor: sideColor(index) }}>
                  {side.annotator}
                </span>
                <Button size="compact-xs" variant="default" onClick={() => onChange(takeAll(side))} rightSection={index < 9 ? <KeyHint chord={String(index + 1)} /> : undefined} data-testid={`take-${index}`}>
                  <Trans>Take all</Trans> <span className="visually-hidden">{side.annotator}</span>
                </Button>
              </Table.Th>
            ))}
            <Table.Th>{t`Own`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {ontology.questions.map((question) => (
            <QuestionRow key={question.id} question={question} sides={sides} merging={merging} onChange={onChange} showMissing={showMissing} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

type RowProps = Omit<Props, 'ontology'> & { question: Question };

function QuestionRow({ question, sides, merging, onChange, showMissing }: RowProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { id } = question;
  const name = format.name({ name: question.name, names: question.names });
  const pick = merging.picks[id];
  const disputed = isDisputed(sides, id);
  const choose = (from: number | 'own') => onChange({ ...merging, picks: { ...merging.picks, [id]: from } });
  const own = (value: Value | null) => {
    const { [id]: _, ...rest } = merging.own;
    onChange({ ...merging, own: value === null ? rest : { ...rest, [id]: value } });
  };
  return (
    <>
      <Table.Tr data-testid={`row-${id}`} data-disputed={disputed || undefined}>
        <Table.Th scope="row">
          {name}{' '}
          {disputed ? (
            <Badge color="brass">
              <Trans>differs</Trans>
            </Badge>
          ) : null}
          {showMissing && question.required === true && pick === undefined ? (
            <Text size="xs" c="var(--mantine-color-error)">
              <Trans>Choose one</Trans>
            </Text>
          ) : null}
        </Table.Th>
        {sides.map((side) => {
          const value = side.answer.answers[id];
          return (
            <Table.Td key={side.submission}>
              {value === undefined ? (
                <ValueText question={question} value={value} />
              ) : (
                <Radio
                  name={`pick-${id}`}
                  checked={pick === side.submission}
                  onChange={() => choose(side.submission)}
                  aria-label={t`${name}: take from ${side.annotator}`}
                  label={<ValueText question={question} value={value} />}
                />
              )}
            </Table.Td>
          );
        })}
        <Table.Td>
          <Radio name={`pick-${id}`} checked={pick === 'own'} onChange={() => choose('own')} aria-label={t`${name}: an answer of my own`} />
        </Table.Td>
      </Table.Tr>
      {pick === 'own' ? (
        <Table.Tr>
          <Table.Td colSpan={sides.length + 2}>
            <QuestionField question={question} value={merging.own[id]} fault={undefined} compact onChange={own} />
          </Table.Td>
        </Table.Tr>
      ) : null}
    </>
  );
}
