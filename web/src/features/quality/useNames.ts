import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { Ontology } from '@/api/types';
import { ontologyQuery } from '@/features/projects/queries';
import { useFormat } from '@/shared/useFormat';

/** The names that the ontology gives to questions and classes; ids where it has none. */
export function useNames(client: string, project: string) {
  const { t } = useLingui();
  const format = useFormat();
  const ontology: Ontology | undefined = useQuery(ontologyQuery(client, project)).data?.ontology;
  const find = (id: string) => ontology?.questions.find((question) => question.id === id);
  return {
    question: (id: string): string => {
      const question = find(id);
      return question ? format.name(question) : id;
    },
    choice: (questionId: string, id: string): string => {
      const question = find(questionId);
      const option = question?.options?.find((o) => o.id === id);
      if (option) return format.name(option);
      if (question?.type === 'boolean') return id === 'true' ? t`yes` : t`no`;
      return id;
    },
    label: (id: string): string => {
      const label = ontology?.labels.find((l) => l.id === id);
      return label ? format.name(label) : id;
    },
  };
}

export type Names = ReturnType<typeof useNames>;
