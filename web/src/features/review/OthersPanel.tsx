import { msg } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import { Checkbox, Stack, Text } from '@mantine/core';
import { nameIn, type Ontology } from '@engines/core';
import type { Submission } from '@/api/types';
import classes from '@/features/desk/desk.module.css';
import { ValueText } from './DiffList';
import { ghostColor } from './overlays';

interface Props {
  others: readonly Submission[];
  ontology: Ontology;
  shown: ReadonlySet<number>;
  onToggle: (submission: number) => void;
}

/** What other annotators said about the same asset. Hidden until it is asked for: a reviewer judges first. */
export function OthersPanel({ others, ontology, shown, onToggle }: Props) {
  const { i18n } = useLingui();
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="review-others" data-testid="others">
      <h2 className={classes.heading} id="review-others">
        <Trans>Other annotators</Trans>
      </h2>
      <Stack gap="xs">
        {others.map((other, index) => {
          const { annotator } = other;
          return (
          <div key={other.id}>
            <Checkbox
              checked={shown.has(other.id)}
              onChange={() => onToggle(other.id)}
              color={ghostColor(index)}
              label={i18n._(msg`Show the work of ${annotator}`)}
              data-testid={`ghost-${other.id}`}
            />
            {shown.has(other.id)
              ? ontology.questions.map((question) => (
                  <Text key={question.id} size="sm" ms="xl">
                    {nameIn(i18n.locale, question)}: <ValueText question={question} value={other.answer.answers[question.id]} />
                  </Text>
                ))
              : null}
          </div>
          );
        })}
      </Stack>
    </section>
  );
}
