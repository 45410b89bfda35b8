import { Plural, useLingui } from '@lingui/react/macro';
import { Badge, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { AnswerValue, Ontology, Question, Submission, TaskDetail } from '@/api/types';
import { EmptyState } from '@/shared/EmptyState';
import { QueryView } from '@/shared/QueryView';
import { useFormat } from '@/shared/useFormat';
import classes from './projects.module.css';
import { ontologyQuery, projectKey, projectPath } from './queries';
import { useSubmissionStateNames } from './TaskStateBadge';

/** One task's answers, person by person under their pseudonyms. */
export function TaskDetailView({ client, project, task }: { client: string; project: string; task: number }) {
  const { t } = useLingui();
  const ontology = useQuery(ontologyQuery(client, project)).data?.ontology;
  const detail = useQuery({
    queryKey: [...projectKey(client, project), 'tasks', task],
    queryFn: ({ signal }) => api.get<TaskDetail>(projectPath(client, project, 'tasks', task), { signal }),
  });
  return (
    <QueryView query={detail}>
      {({ submissionList }) =>
        submissionList.length === 0 ? (
          <EmptyState title={t`No answers yet`} />
        ) : (
          <Stack gap="lg">
            {submissionList.map((submission) => (
              <SubmissionView key={submission.id} submission={submission} ontology={ontology} />
            ))}
          </Stack>
        )
      }
    </QueryView>
  );
}

function SubmissionView({ submission, ontology }: { submission: Submission; ontology: Ontology | undefined }) {
  const { t } = useLingui();
  const format = useFormat();
  const state = useSubmissionStateNames()[submission.state];
  const { answers, shapes } = submission.answer;
  return (
    <section aria-label={submission.annotator} data-testid={`submission-${submission.id}`}>
      <Group justify="space-between" mb={4}>
        <Group gap="xs">
          <Text fw={600}>{submission.annotator}</Text>
          <Badge color="gray">{state}</Badge>
          {submission.round > 1 ? <Badge color="brass">{t`round ${submission.round}`}</Badge> : null}
        </Group>
        <Text size="xs" c="dimmed">
          {format.dateTime(submission.submittedAt)}, <Plural value={Math.round(submission.activeSeconds)} one="# second" other="# seconds" />
        </Text>
      </Group>
      {Object.entries(answers).map(([id, value]) => (
        <AnswerLine key={id} id={id} value={value} question={ontology?.questions.find((q) => q.id === id)} />
      ))}
      {shapes.length > 0 ? <ShapeCounts submission={submission} ontology={ontology} /> : null}
      {(submission.review?.comments ?? []).map((comment) => (
        <Text key={comment.text} size="sm" mt={4} ps="sm" style={{ borderInlineStart: '2px solid var(--etalon-mark)' }}>
          {comment.text}
        </Text>
      ))}
    </section>
  );
}

function AnswerLine({ id, value, question }: { id: string; value: AnswerValue; question: Question | undefined }) {
  const { t } = useLingui();
  const format = useFormat();
  const optionName = (option: string) => {
    const found = question?.options?.find((o) => o.id === option);
    return found ? format.name(found) : option;
  };
  const shown = (): string => {
    if (typeof value === 'boolean') return value ? t`yes` : t`no`;
    if (typeof value === 'number') return format.number(value, { maximumFractionDigits: 6 });
    return typeof value === 'string' ? optionName(value) : value.map(optionName).join(', ');
  };
  return (
    <Text size="sm">
      <Text span size="sm" c="dimmed">
        {question ? format.name(question) : id}:
      </Text>{' '}
      {shown()}
    </Text>
  );
}

function ShapeCounts({ submission, ontology }: { submission: Submission; ontology: Ontology | undefined }) {
  const format = useFormat();
  const counts = new Map<string, number>();
  for (const shape of submission.answer.shapes) counts.set(shape.label, (counts.get(shape.label) ?? 0) + 1);
  return (
    <Group gap="md" mt={2}>
      {[...counts].map(([id, count]) => {
        const label = ontology?.labels.find((l) => l.id === id);
        return (
          <Group key={id} gap={6}>
            <span className={classes['swatch']} style={{ background: label?.color }} />
            <Text size="sm">
              {label ? format.name(label) : id} × {count}
            </Text>
          </Group>
        );
      })}
    </Group>
  );
}
