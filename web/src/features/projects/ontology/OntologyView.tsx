import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Code, Group, Stack, Text } from '@mantine/core';
import type { Ontology, Question } from '@/api/types';
import { useFormat } from '@/shared/useFormat';
import projects from '../projects.module.css';
import { hasOptions } from './editing';

/** An ontology to read. */
export function OntologyView({ ontology }: { ontology: Ontology }) {
  const format = useFormat();
  return (
    <Stack gap="lg" data-testid="ontology">
      {ontology.labels.map((label) => (
        <div key={label.id}>
          <Group gap="xs">
            <span className={projects['swatch']} style={{ background: label.color }} />
            <Text fw={600}>{format.name(label)}</Text>
            <Code>{label.id}</Code>
          </Group>
          <Questions questions={label.attributes ?? []} />
        </div>
      ))}
      <Questions questions={ontology.questions} />
    </Stack>
  );
}

function Questions({ questions }: { questions: readonly Question[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const types: Record<Question['type'], string> = {
    choice: t`One of`,
    multi_choice: t`Several of`,
    boolean: t`Yes or no`,
    number: t`Number`,
    text: t`Text`,
  };
  return questions.map((question) => (
    <div key={question.id}>
      <Group gap="xs">
        <Text fw={600}>{format.name(question)}</Text>
        <Code>{question.id}</Code>
        <Text size="sm" c="dimmed">
          {types[question.type]}
        </Text>
        {question.required ? (
          <Badge color="gray">
            <Trans>required</Trans>
          </Badge>
        ) : null}
      </Group>
      {hasOptions(question.type) ? (
        <Group gap="md" mt={4}>
          {(question.options ?? []).map((option) => (
            <Text key={option.id} size="sm">
              <Code>{option.id}</Code> {format.name(option)}
            </Text>
          ))}
        </Group>
      ) : null}
    </div>
  ));
}
