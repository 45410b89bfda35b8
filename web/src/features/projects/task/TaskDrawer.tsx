import { Trans, useLingui } from '@lingui/react/macro';
import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { holds, useSession } from '@/api/session';
import { MakeGold } from '@/features/gold/MakeGold';
import { EmptyState } from '@/shared/EmptyState';
import { QueryView } from '@/shared/QueryView';
import { ontologyQuery } from '../queries';
import { CompareAnswers } from './CompareAnswers';
import { MergesPanel } from './MergesPanel';
import { taskQuery } from './queries';
import { SubmissionView } from './SubmissionView';
import { TaskStanding } from './TaskStanding';
import { TaskHistory } from './TaskHistory';
import classes from './task.module.css';

interface Props {
  client: string;
  project: string;
  task: number;
}

/** One task: its answers with what is said about them, two of them compared, and everything that happened to it. */
export function TaskDrawer({ client, project, task }: Props) {
  const { t } = useLingui();
  const ontology = useQuery(ontologyQuery(client, project)).data?.ontology;
  const detail = useQuery(taskQuery(client, project, task));
  const session = useSession();
  const makesGold = holds(session, client, 'requester', 'quality_lead');
  const compares = holds(session, client, 'requester', 'reviewer', 'quality_lead');
  return (
    <QueryView query={detail}>
      {(shown) => (
        <>
        <TaskStanding client={client} project={project} detail={shown} requester={holds(session, client, 'requester')} />
        <Tabs defaultValue="answers" keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="answers">
              <Trans>Answers</Trans>
            </Tabs.Tab>
            {compares && shown.submissionList.length > 0 ? (
              <Tabs.Tab value="compare" data-testid="tab-compare">
                <Trans>Compare</Trans>
              </Tabs.Tab>
            ) : null}
            <Tabs.Tab value="history" data-testid="tab-history">
              <Trans>History</Trans>
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="answers">
            {shown.submissionList.length === 0 ? (
              <EmptyState title={t`No answers yet`} />
            ) : (
              <div className={classes['answers']}>
                {shown.submissionList.map((submission) => (
                  <SubmissionView key={submission.id} client={client} project={project} submission={submission} ontology={ontology} />
                ))}
              </div>
            )}
            {compares ? <MergesPanel client={client} project={project} task={task} /> : null}
            {makesGold ? <MakeGold client={client} project={project} detail={shown} /> : null}
          </Tabs.Panel>
          <Tabs.Panel value="compare">
            <CompareAnswers client={client} project={project} detail={shown} ontology={ontology} />
          </Tabs.Panel>
          <Tabs.Panel value="history">
            <TaskHistory client={client} project={project} task={task} done={shown.state === 'done'} />
          </Tabs.Panel>
        </Tabs>
        </>
      )}
    </QueryView>
  );
}
