import { Plural } from '@lingui/react/macro';
import { List } from '@mantine/core';
import type { Ontology } from '@/api/types';
import { useFormat } from '@/shared/useFormat';
import { askedQuestions } from './relabelling';

/** How many answers bear what is touched, by the names that people know. */
export function UsedList({ ontology, used }: { ontology: Ontology; used: Readonly<Record<string, number>> }) {
  const format = useFormat();
  const names = namesOf(ontology, format.name);
  return (
    <List size="sm">
      {Object.entries(used).map(([key, answers]) => {
        const name = names.get(key) ?? key;
        return (
          <List.Item key={key}>
            <Plural value={answers} _0={`No answer uses ${name}`} one={`# answer uses ${name}`} other={`# answers use ${name}`} />
          </List.Item>
        );
      })}
    </List>
  );
}

function namesOf(ontology: Ontology, name: (item: { id: string; name: string; names?: Record<string, string> }) => string): ReadonlyMap<string, string> {
  const names = new Map(ontology.labels.map((label) => [label.id, name(label)]));
  for (const { key, question, label } of askedQuestions(ontology)) {
    const whole = label ? `${name(label)}: ${name(question)}` : name(question);
    names.set(key, whole);
    for (const option of question.options ?? []) names.set(`${key}/options/${option.id}`, `${whole}: ${name(option)}`);
  }
  return names;
}
