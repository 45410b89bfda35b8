import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, path } from '@/api/client';
import type { Thread, ThreadComment } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { useFormat } from '@/shared/useFormat';
import { CommentForm } from './CommentForm';
import classes from './discussion.module.css';
import { mentionsQuery, threadsQuery } from './queries';

interface Props {
  client: string;
  project: string;
  submission: number;
  /** Show this thread alone. */
  only?: string;
}

/** What people say to each other about an answer: threads with replies, open or settled. */
export function Threads({ client, project, submission, only }: Props) {
  const query = useQuery(threadsQuery(client, project, submission));
  return (
    <Stack gap="sm" data-testid="threads">
      <QueryView query={query}>
        {({ items }) => {
          const shown = only === undefined ? items : items.filter(({ id }) => id === only);
          return shown.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>Nobody has said anything yet.</Trans>
            </Text>
          ) : (
            <>
              {shown.map((thread) => (
                <ThreadView key={thread.id} client={client} project={project} submission={submission} thread={thread} />
              ))}
            </>
          );
        }}
      </QueryView>
      {only === undefined ? <CommentForm client={client} project={project} submission={submission} /> : null}
    </Stack>
  );
}

function ThreadView({ client, project, submission, thread }: Omit<Props, 'only'> & { thread: Thread }) {
  const [replying, setReplying] = useState(false);
  const queryClient = useQueryClient();
  const resolve = useMutation({
    mutationFn: () => api.post<void>(path('clients', client, 'projects', project, 'threads', thread.id, 'resolution')),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: threadsQuery(client, project, submission).queryKey });
      void queryClient.invalidateQueries({ queryKey: mentionsQuery.queryKey });
    },
  });
  const { resolvedBy } = thread;
  return (
    <div className={classes['thread']} data-settled={thread.resolvedAt !== undefined || undefined} data-testid="thread">
      {thread.comments.map((comment) => (
        <CommentView key={comment.id} comment={comment} />
      ))}
      {thread.resolvedAt !== undefined ? (
        <Badge color="verdigris">
          <Trans>settled by {resolvedBy}</Trans>
        </Badge>
      ) : replying ? (
        <CommentForm client={client} project={project} submission={submission} replyTo={thread.id} onDone={() => setReplying(false)} />
      ) : (
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={() => setReplying(true)} data-testid="reply">
            <Trans>Reply</Trans>
          </Button>
          <Button size="compact-sm" variant="subtle" color="gray" loading={resolve.isPending} onClick={() => resolve.mutate()} data-testid="resolve">
            <Trans>Settle</Trans>
          </Button>
        </Group>
      )}
      <ProblemAlert error={resolve.error} />
    </div>
  );
}

/** One comment: who, when, about what, and whom it calls. */
export function CommentView({ comment }: { comment: ThreadComment }) {
  const { t } = useLingui();
  const format = useFormat();
  const { place } = comment;
  const about = place?.question ?? place?.shape ?? (place?.region ? t`a place` : undefined);
  return (
    <div className={classes['comment']}>
      <Group gap="xs">
        <Text size="sm" fw={550}>
          {comment.author}
        </Text>
        <Text size="xs" c="dimmed">
          {format.relative(comment.at)}
        </Text>
        {about === undefined ? null : <Badge color="gray">{about}</Badge>}
      </Group>
      <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {comment.text}
      </Text>
      {comment.mentions.length > 0 ? (
        <Text size="xs" c="dimmed">
          {t`calls ${comment.mentions.join(', ')}`}
        </Text>
      ) : null}
    </div>
  );
}
