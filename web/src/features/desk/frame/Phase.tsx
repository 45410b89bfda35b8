import { Trans } from '@lingui/react/macro';
import { Button, Center, Loader, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ProblemAlert } from '@/shared/ProblemAlert';

interface Props {
  phase: 'opening' | 'waiting' | 'empty' | 'failed' | 'closed' | 'elsewhere';
  error: unknown;
  /** Messages that must not be missed, such as work that has not been sent. */
  messages: ReactNode;
  /** Why nothing comes, where more can be told than that nothing is left. */
  why?: ReactNode;
  onAgain: () => void;
  onWorkHere: () => void;
}

/** The desk without a task: opening, nothing to do, failed, or open in another tab. */
export function Phase({ phase, error, messages, why, onAgain, onWorkHere }: Props) {
  return (
    <Stack component="main" p="md" mih="100dvh" data-testid="desk-phase" data-phase={phase}>
      {messages}
      <Center style={{ flex: 1 }}>
        <Stack align="center" gap="sm" maw={460} ta="center" role={phase === 'failed' ? undefined : 'status'}>
          <Words phase={phase} error={error} why={why} onAgain={onAgain} onWorkHere={onWorkHere} />
        </Stack>
      </Center>
    </Stack>
  );
}

/** Nothing comes because nothing is there. */
export function NothingLeft() {
  return (
    <Text c="dimmed">
      <Trans>Everything that you can do here is done or in other hands. This page looks again by itself.</Trans>
    </Text>
  );
}

function Words({ phase, error, why, onAgain, onWorkHere }: Omit<Props, 'messages'>) {
  const back = (
    <Button component={Link} to="/work" variant="default" data-testid="leave">
      <Trans>Back to my work</Trans>
    </Button>
  );
  switch (phase) {
    case 'opening':
    case 'waiting':
    case 'closed':
      return (
        <>
          <Loader size="sm" aria-hidden />
          <Text size="sm" c="dimmed">
            <Trans>Looking for your next task…</Trans>
          </Text>
        </>
      );
    case 'empty':
      return (
        <>
          <Title order={1}>
            <Trans>Nothing for you right now</Trans>
          </Title>
          {why ?? <NothingLeft />}
          <Button onClick={onAgain} data-testid="look-again">
            <Trans>Look again</Trans>
          </Button>
          {back}
        </>
      );
    case 'failed':
      return (
        <>
          <ProblemAlert error={error} onRetry={onAgain} />
          {back}
        </>
      );
    case 'elsewhere':
      return (
        <>
          <Title order={1}>
            <Trans>Open in another tab</Trans>
          </Title>
          <Text c="dimmed">
            <Trans>You work on this project in another tab of this browser. Nothing is lost if you go on here.</Trans>
          </Text>
          <Button onClick={onWorkHere} data-testid="work-here">
            <Trans>Go on here</Trans>
          </Button>
          {back}
        </>
      );
  }
}
