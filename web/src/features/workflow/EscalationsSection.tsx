import { Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import type { Escalation } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';
import { Pager } from '@/shared/Pager';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { usePages } from '@/shared/usePages';
import { Case } from './Case';
import classes from './workflow.module.css';

/** Questions that reviewers would not decide alone. */
export function EscalationsSection({ client, project }: { client: string; project: string }) {
  const { t } = useLingui();
  const pages = usePages<Escalation>([...projectKey(client, project), 'escalations'], projectPath(client, project, 'escalations'), { limit: 20 });
  return (
    <Section title={t`Escalations`} testId="escalations" subtitle={<Trans>What a reviewer handed on. A quality lead finds it in the review.</Trans>}>
      <QueryView query={pages.query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>Nothing was handed on so far.</Trans>
            </Text>
          ) : (
            <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
              {items.map((one) => (
                <Case
                  key={one.id}
                  client={client}
                  project={project}
                  task={one.task}
                  who={one.reviewer}
                  at={one.at}
                  state={one.state === 'open' ? t`waits for a decision` : t`decided`}
                  open={one.state === 'open'}
                  testId={`escalation-${one.id}`}
                >
                  {one.comments.map((comment) => (
                    <p key={comment.text} className={classes['said']}>
                      {comment.text}
                    </p>
                  ))}
                </Case>
              ))}
            </ul>
          )
        }
      </QueryView>
      <Pager pages={pages} />
    </Section>
  );
}
