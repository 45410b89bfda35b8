import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { holds, useSession } from '@/api/session';
import type { Ontology, Submission } from '@/api/types';
import { Threads } from '@/features/discussion/Threads';
import { useFormat } from '@/shared/useFormat';
import projects from '../projects.module.css';
import { useSubmissionStateNames } from '../TaskStateBadge';
import { AnswerLine } from './AnswerLine';
import { DeleteAnswer } from './DeleteAnswer';

interface Props {
  client: string;
  project: string;
  submission: Submission;
  ontology: Ontology | undefined;
}

/** One answer under its author's pseudonym, what reviewers said of it, and the discussion about it. */
export function SubmissionView({ client, project, submission, ontology }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const state = useSubmissionStateNames()[submission.state];
  const session = useSession();
  const discusses = holds(session, client, 'requester', 'reviewer', 'quality_lead');
  const deletes = holds(session, client, 'requester');
  const [discussing, { toggle }] = useDisclosure(false);
  const { answers, shapes } = submission.answer;
  return (
    <section aria-label={submission.annotator} data-testid={`submission-${submission.id}`}>
      <Group justify="space-between" mb={4}>
        <Group gap="xs">
          <Text fw={600}>{submission.annotator}</Text>
          <Badge color="gray">{state}</Badge>
          {submission.round > 1 ? <Badge color="brass">{t`round ${submission.round}`}</Badge> : null}
          {submission.unsure ? <Badge color="brass">{t`not sure`}</Badge> : null}
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
      {discusses ? (
        <>
          <Button mt={6} size="compact-sm" variant="subtle" aria-expanded={discussing} onClick={toggle} data-testid="discuss">
            {discussing ? <Trans>Hide the discussion</Trans> : <Trans>Discussion</Trans>}
          </Button>
          {deletes ? <DeleteAnswer client={client} project={project} submission={submission.id} /> : null}
          {discussing ? <Threads client={client} project={project} submission={submission.id} /> : null}
        </>
      ) : null}
    </section>
  );
}

function ShapeCounts({ submission, ontology }: Pick<Props, 'submission' | 'ontology'>) {
  const format = useFormat();
  const counts = new Map<string, number>();
  for (const shape of submission.answer.shapes) counts.set(shape.label, (counts.get(shape.label) ?? 0) + 1);
  return (
    <Group gap="md" mt={2}>
      {[...counts].map(([id, count]) => {
        const label = ontology?.labels.find((l) => l.id === id);
        return (
          <Group key={id} gap={6}>
            <span className={projects['swatch']} style={{ background: label?.color }} />
            <Text size="sm">
              {label ? format.name(label) : id} × {count}
            </Text>
          </Group>
        );
      })}
    </Group>
  );
}
