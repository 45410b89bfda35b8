import { Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import type { Appeal } from '@/api/types';
import { projectKey, projectPath } from '@/features/projects/queries';
import { Pager } from '@/shared/Pager';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { usePages } from '@/shared/usePages';
import { Case } from './Case';
import classes from './workflow.module.css';

/** What authors say against the refusal of their answers. */
export function AppealsSection({ client, project }: { client: string; project: string }) {
  const { t } = useLingui();
  const states: Record<Appeal['state'], string> = { open: t`waits for a decision`, upheld: t`upheld`, dismissed: t`dismissed` };
  const pages = usePages<Appeal>([...projectKey(client, project), 'appeals'], projectPath(client, project, 'appeals'), { limit: 20 });
  return (
    <Section title={t`Appeals`} testId="appeals" subtitle={<Trans>An author may object once to the refusal of an answer. Somebody who has not decided on it yet finds it in the review.</Trans>}>
      <QueryView query={pages.query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>No appeal so far.</Trans>
            </Text>
          ) : (
            <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
              {items.map((appeal) => (
                <Case
                  key={appeal.submission}
                  client={client}
                  project={project}
                  task={appeal.task}
                  who={appeal.author}
                  at={appeal.at}
                  state={states[appeal.state]}
                  open={appeal.state === 'open'}
                  testId={`appeal-${appeal.submission}`}
                >
                  <p className={classes['said']}>{appeal.text}</p>
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
