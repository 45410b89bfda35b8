import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, MultiSelect, Stack, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api, path } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { NewComment, Thread } from '@/api/types';
import { peopleQuery } from '@/features/clients/queries';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { threadsQuery } from './queries';

interface Props {
  client: string;
  project: string;
  submission: number;
  /** The thread that it belongs to; a new one without it. */
  replyTo?: string;
  onDone?: () => void;
}

/** Says something about an answer, and calls upon people where the writer may know who they are. */
export function CommentForm({ client, project, submission, replyTo, onDone }: Props) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const knowsPeople = holds(useSession(), client, 'requester', 'quality_lead', 'workforce_manager');
  const people = useQuery({ ...peopleQuery(client), enabled: knowsPeople }).data ?? [];
  const [text, setText] = useState('');
  const [mentions, setMentions] = useState<string[]>([]);
  const add = useMutation({
    mutationFn: () =>
      api.post<Thread>(path('clients', client, 'projects', project, 'submissions', submission, 'comments'), {
        text: text.trim(),
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(mentions.length === 0 ? {} : { mentions }),
      } satisfies NewComment),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: threadsQuery(client, project, submission).queryKey });
      setText('');
      setMentions([]);
      onDone?.();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form onSubmit={submit} data-testid={replyTo === undefined ? 'comment-form' : 'reply-form'}>
      <Stack gap="xs">
        <Textarea
          aria-label={replyTo === undefined ? t`New comment` : t`Reply`}
          placeholder={replyTo === undefined ? t`Say something about this answer` : t`Reply`}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {knowsPeople ? (
          <MultiSelect
            aria-label={t`Call upon`}
            placeholder={mentions.length === 0 ? t`Call upon somebody` : ''}
            searchable
            data={people.map((person) => ({ value: person.id, label: person.name }))}
            value={mentions}
            onChange={setMentions}
            data-testid="mention"
          />
        ) : null}
        <ProblemAlert error={add.error} />
        <Group gap="xs">
          <Button type="submit" size="compact-sm" disabled={text.trim() === ''} loading={add.isPending} data-testid="send-comment">
            <Trans>Send</Trans>
          </Button>
          {onDone === undefined ? null : (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={onDone}>
              <Trans>Cancel</Trans>
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
