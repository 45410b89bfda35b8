import { useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import type { AnswerValue, Question } from '@/api/types';
import { useFormat } from '@/shared/useFormat';

/** A value in words: options by their names, yes and no, numbers as they are written here. */
export function useValueText(): (value: AnswerValue, question: Question | undefined) => string {
  const { t } = useLingui();
  const format = useFormat();
  return (value, question) => {
    const optionName = (option: string) => {
      const found = question?.options?.find((o) => o.id === option);
      return found ? format.name(found) : option;
    };
    if (typeof value === 'boolean') return value ? t`yes` : t`no`;
    if (typeof value === 'number') return format.number(value, { maximumFractionDigits: 6 });
    return typeof value === 'string' ? optionName(value) : value.map(optionName).join(', ');
  };
}

export function AnswerLine({ id, value, question }: { id: string; value: AnswerValue; question: Question | undefined }) {
  const format = useFormat();
  const text = useValueText();
  return (
    <Text size="sm">
      <Text span size="sm" c="dimmed">
        {question ? format.name(question) : id}:
      </Text>{' '}
      {text(value, question)}
    </Text>
  );
}
