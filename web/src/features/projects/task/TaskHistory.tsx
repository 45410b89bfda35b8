import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { HistoryEntry } from '@/api/types';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { useFormat } from '@/shared/useFormat';
import { projectKey, projectPath } from '../queries';
import { historyQuery } from './queries';
import classes from './task.module.css';
import { restorable, type Restoration } from './restorable';
import { useHappenings } from './useHappenings';

interface Props {
  client: string;
  project: string;
  task: number;
  /** An answer can be restored only then. */
  done: boolean;
}

/** Everything that happened to a task, and the way back to an earlier answer. */
export function TaskHistory({ client, project, task, done }: Props) {
  const history = useQuery(historyQuery(client, project, task));
  const queryClient = useQueryClient();
  const { t } = useLingui();
  const mayRestore = holds(useSession(), client, 'requester', 'quality_lead') && done;
  const restore = useMutation({
    mutationFn: (wanted: Restoration) => api.post<{ id: number }>(projectPath(client, project, 'tasks', task, 'restore'), wanted),
    onSuccess: () => {
      notify(t`The earlier answer counts again`);
      void queryClient.invalidateQueries({ queryKey: [...projectKey(client, project), 'tasks'] });
    },
  });
  return (
    <>
      <QueryView query={history}>
        {({ entries }) => (
          <ol className={classes['history']} data-testid="history">
            {entries.map((entry, index) => {
              const wanted = mayRestore ? restorable(entry) : undefined;
              return <Happening key={`${index} ${entry.at}`} entry={entry} onRestore={wanted === undefined ? undefined : () => restore.mutate(wanted)} busy={restore.isPending} />;
            })}
          </ol>
        )}
      </QueryView>
      {done ? null : (
        <Text size="sm" c="dimmed" mt="sm">
          <Trans>An earlier answer can be put in effect again once the task is done.</Trans>
        </Text>
      )}
      <ProblemAlert error={restore.error} />
    </>
  );
}

function Happening({ entry, onRestore, busy }: { entry: HistoryEntry; onRestore: (() => void) | undefined; busy: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  const { title, details } = useHappenings(entry);
  return (
    <li>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text size="sm">
            {entry.person === undefined ? null : <b>{entry.person} </b>}
            {title}
          </Text>
          <Text size="xs" c="dimmed">
            {[format.dateTime(entry.at), ...details].join(' · ')}
          </Text>
        </div>
        {onRestore === undefined ? null : (
          <Button size="compact-sm" variant="default" loading={busy} onClick={onRestore} aria-label={t`Restore the answer of ${format.dateTime(entry.at)}`} data-testid="restore">
            <Trans>Restore</Trans>
          </Button>
        )}
      </Group>
    </li>
  );
}
