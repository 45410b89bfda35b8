import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Group, SegmentedControl, Stack, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { clientsOf, useSession } from '@/api/session';
import type { Mention } from '@/api/types';
import { EmptyState } from '@/shared/EmptyState';
import { Page } from '@/shared/Page';
import { QueryView } from '@/shared/QueryView';
import { CommentView, Threads } from './Threads';
import classes from './discussion.module.css';
import { mentionsQuery } from './queries';

/** Where somebody called upon me, over all clients; the thread opens in its place. */
export function MentionsPage() {
  const { t } = useLingui();
  const [which, setWhich] = useState('open');
  const query = useQuery(mentionsQuery);
  return (
    <Page
      title={t`Mentions`}
      width={860}
      actions={
        <SegmentedControl
          aria-label={t`Which`}
          value={which}
          onChange={setWhich}
          data={[
            { value: 'open', label: t({ message: 'open', context: 'mentions' }) },
            { value: 'all', label: t({ message: 'all', context: 'mentions' }) },
          ]}
        />
      }
    >
      <QueryView query={query}>
        {({ items }) => {
          const shown = which === 'all' ? items : items.filter((mention) => !mention.resolved);
          return shown.length === 0 ? (
            <EmptyState title={t`Nobody is waiting for you`}>
              <Trans>When somebody calls upon you in a comment, it stands here until the thread is settled.</Trans>
            </EmptyState>
          ) : (
            <ul className={classes['list']} data-testid="mentions">
              {shown.map((mention) => (
                <MentionCard key={mention.comment.id} mention={mention} />
              ))}
            </ul>
          );
        }}
      </QueryView>
    </Page>
  );
}

function MentionCard({ mention }: { mention: Mention }) {
  const [opened, setOpened] = useState(false);
  const name = clientsOf(useSession()).find(({ slug }) => slug === mention.client)?.name ?? mention.client;
  return (
    <li className={classes['card']} data-testid="mention-card">
      <UnstyledButton w="100%" aria-expanded={opened} onClick={() => setOpened(!opened)}>
        <Group justify="space-between" mb={4}>
          <Text size="sm" c="dimmed">
            {mention.codeName} · {name}
          </Text>
          {mention.resolved ? (
            <Badge color="verdigris">
              <Trans>settled</Trans>
            </Badge>
          ) : null}
        </Group>
        {opened ? null : <CommentView comment={mention.comment} />}
      </UnstyledButton>
      {opened ? (
        <Stack mt="sm">
          <Threads client={mention.client} project={mention.project} submission={mention.submission} only={mention.thread} />
        </Stack>
      ) : null}
    </li>
  );
}
