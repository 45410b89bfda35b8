import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Badge, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { api, path } from '@/api/client';
import type { Appeal, Refusal } from '@/api/types';
import { EmptyState } from '@/shared/EmptyState';
import { LinkAnchor } from '@/shared/links';
import { notify } from '@/shared/notify';
import { Page } from '@/shared/Page';
import { Pager } from '@/shared/Pager';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { usePages } from '@/shared/usePages';
import classes from './work.module.css';

/** An annotator's own answers that were refused, why, and the way to object. */
export function RefusalsPage() {
  const { t } = useLingui();
  const { client, project } = useParams({ from: '/signed-in/shell/work/$client/$project/returned' });
  const base = path('clients', client, 'projects', project);
  const key = ['work', client, project];
  const refusals = usePages<Refusal>([...key, 'refusals'], `${base}/refusals`, { limit: 20 });
  const appeals = usePages<Appeal>([...key, 'appeals'], `${base}/appeals`, { limit: 20 });
  const states: Record<Appeal['state'], string> = { open: t`waits for a decision`, upheld: t`upheld`, dismissed: t`dismissed` };
  return (
    <Page
      title={t`Refused answers`}
      width={860}
      crumb={
        <LinkAnchor to="/work">
          <Trans>My work</Trans>
        </LinkAnchor>
      }
      subtitle={<Trans>If you think that a reviewer is wrong, say why. Somebody else decides, once.</Trans>}
    >
      <QueryView query={refusals.query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t`Nothing was refused`} />
          ) : (
            <Stack gap="sm" data-testid="refusals">
              {items.map((refusal) => (
                <RefusalCard key={refusal.submission} base={base} listKey={key} refusal={refusal} />
              ))}
            </Stack>
          )
        }
      </QueryView>
      <Pager pages={refusals} />
      <Section title={t`My appeals`} testId="my-appeals">
        <QueryView query={appeals.query}>
          {({ items }) =>
            items.length === 0 ? (
              <Text size="sm" c="dimmed">
                <Trans>None so far.</Trans>
              </Text>
            ) : (
              <Stack gap="sm">
                {items.map((appeal) => (
                  <div key={appeal.submission}>
                    <Group justify="space-between">
                      <Text size="sm" fw={550}>
                        {t`Task ${appeal.task}`}
                      </Text>
                      <Badge color={appeal.state === 'open' ? 'brass' : appeal.state === 'upheld' ? 'verdigris' : 'gray'}>{states[appeal.state]}</Badge>
                    </Group>
                    <p className={classes['said']}>{appeal.text}</p>
                  </div>
                ))}
              </Stack>
            )
          }
        </QueryView>
        <Pager pages={appeals} />
      </Section>
    </Page>
  );
}

function RefusalCard({ base, listKey, refusal }: { base: string; listKey: readonly string[]; refusal: Refusal }) {
  const { t } = useLingui();
  const format = useFormat();
  const [objecting, setObjecting] = useState(false);
  return (
    <Section
      title={t`Task ${refusal.task}`}
      testId={`refusal-${refusal.submission}`}
      subtitle={format.dateTime(refusal.at)}
      actions={<Badge color="brass">{refusal.state === 'rejected' ? t`rejected` : t`returned`}</Badge>}
    >
      {refusal.comments.map((comment) => (
        <p key={comment.text} className={classes['said']}>
          {comment.text}
        </p>
      ))}
      {objecting ? (
        <AppealForm base={base} listKey={listKey} submission={refusal.submission} onCancel={() => setObjecting(false)} />
      ) : (
        <Group mt="sm" justify="space-between">
          <Text size="sm" c="dimmed">
            {refusal.state === 'returned' ? <Trans>It waits at the desk to be done again.</Trans> : <Trans>It is not asked of you again.</Trans>}
          </Text>
          <Button variant="default" onClick={() => setObjecting(true)} data-testid="appeal">
            <Trans>Appeal</Trans>
          </Button>
        </Group>
      )}
    </Section>
  );
}

function AppealForm({ base, listKey, submission, onCancel }: { base: string; listKey: readonly string[]; submission: number; onCancel: () => void }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [text, setText] = useState('');
  const send = useMutation({
    mutationFn: () => api.post<unknown>(`${base}${path('submissions', submission, 'appeal')}`, { text: text.trim() }),
    onSuccess: () => {
      notify(t`Your appeal waits for a decision`);
      void queryClient.invalidateQueries({ queryKey: listKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="appeal-form">
      <Stack gap="xs" mt="sm">
        <Textarea label={t`Why the answer is right`} autosize minRows={3} maxLength={4000} data-autofocus value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <Alert color="gray" p="xs">
          <Trans>An answer can be appealed once.</Trans>
        </Alert>
        <ProblemAlert error={send.error} />
        <Group gap="xs" justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" disabled={text.trim() === ''} loading={send.isPending} data-testid="send-appeal">
            <Trans>Send the appeal</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
