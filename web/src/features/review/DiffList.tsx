import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import { List, Text } from '@mantine/core';
import { nameIn, type Diff, type Ontology, type Question, type ShapeDiff, type Value } from '@engines/core';
import classes from '@/features/desk/desk.module.css';

/** The reviewer's changes in words. */
export function DiffList({ diff, ontology }: { diff: Diff; ontology: Ontology }) {
  const { i18n } = useLingui();
  if (diff.answers.length + diff.shapes.length === 0) return null;
  const nameOf = (id: string) => {
    const label = ontology.labels.find((candidate) => candidate.id === id);
    return label === undefined ? id : nameIn(i18n.locale, label);
  };
  return (
    <section aria-labelledby="review-changes" data-testid="diff">
      <h2 className={classes.heading} id="review-changes">
        <Trans>My changes</Trans>
      </h2>
      <List size="sm" spacing={2}>
        {diff.answers.map(({ question: id, from, to }) => {
          const question = ontology.questions.find((candidate) => candidate.id === id);
          return (
            <List.Item key={id}>
              {question === undefined ? id : nameIn(i18n.locale, question)}: <ValueText question={question} value={from} />
              {' → '}
              <ValueText question={question} value={to} />
            </List.Item>
          );
        })}
        {diff.shapes.map((item) => (
          <List.Item key={`${item.id} ${item.change}`} data-testid={`diff-${item.change}`}>
            <ShapeChange item={item} nameOf={nameOf} />
          </List.Item>
        ))}
      </List>
    </section>
  );
}

function ShapeChange({ item, nameOf }: { item: ShapeDiff; nameOf: (label: string) => string }) {
  const from = nameOf(item.from?.label ?? '');
  const to = nameOf(item.to?.label ?? '');
  switch (item.change) {
    case 'added':
      return <Trans>{to} added</Trans>;
    case 'removed':
      return <Trans>{from} removed</Trans>;
    case 'moved':
      return <Trans>{to} moved</Trans>;
    case 'relabelled':
      return from === to ? <Trans>Attributes of {to} changed</Trans> : <Trans>{from} is now {to}</Trans>;
  }
}

/** A value in words, options by their names. */
export function ValueText({ question, value }: { question: Question | undefined; value: Value | null | undefined }) {
  const { i18n } = useLingui();
  const optionName = (id: string) => {
    const option = question?.options?.find((candidate) => candidate.id === id);
    return option === undefined ? id : nameIn(i18n.locale, option);
  };
  if (value === null || value === undefined) {
    return (
      <Text span size="sm" c="dimmed">
        <Trans>no answer</Trans>
      </Text>
    );
  }
  if (typeof value === 'boolean') return value ? <Trans>Yes</Trans> : <Trans>No</Trans>;
  if (typeof value === 'number') return i18n.number(value);
  return typeof value === 'string' ? optionName(value) : value.map(optionName).join(', ');
}
