import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import { Alert, Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { describeProblem } from '@/shared/problem';
import type { Conveyor, Outgoing } from '../session/conveyor';

/** A job of which a person knows the task by its asset's name. */
export interface NamedJob {
  readonly id: number;
  readonly task: { readonly asset: { readonly name: string } };
}

interface Props<Job extends NamedJob, Act> {
  conveyor: Conveyor<Job, Act>;
  outgoing: readonly Outgoing<Job, Act>[];
  /** Called when a person takes a task back into the hand. */
  onTakenBack?: () => void;
}

/** Acts that did not reach the server, or that it refused: each with its work whole and a way on. */
export function Outbox<Job extends NamedJob, Act>({
  conveyor,
  outgoing,
  onTakenBack,
}: Props<Job, Act>) {
  const { i18n } = useLingui();
  const troubled = outgoing.filter((item) => item.status !== 'sending');
  return troubled.map((item) => {
    const name = item.job.task.asset.name;
    const problem = item.error === undefined ? undefined : describeProblem(i18n, item.error);
    const button = (words: ReactNode, id: string, press: () => void) => (
      <Button size="compact-sm" variant="default" onClick={press} data-testid={`outbox-${id}`}>
        {words}
      </Button>
    );
    const takeBack = button(<Trans>Open it again</Trans>, 'open', () => void conveyor.takeBack(item.key).then(onTakenBack));
    return (
      <Alert
        key={item.key}
        role="alert"
        color={item.status === 'failed' ? 'brass' : 'red'}
        variant="light"
        p="xs"
        data-testid={`outbox-${item.status}`}
      >
        <Group gap="sm" justify="space-between">
          <Text size="sm">
            <Happened item={item} name={name} detail={problem?.detail ?? problem?.title} />
          </Text>
          <Group gap="xs">
            {item.status === 'failed' ? button(<Trans>Send now</Trans>, 'retry', () => conveyor.retry(item.key)) : null}
            {item.status === 'stale' ? null : takeBack}
            {item.status === 'stale'
              ? button(<Trans>Understood</Trans>, 'dismiss', () => void conveyor.dismiss(item.key))
              : null}
          </Group>
        </Group>
      </Alert>
    );
  });
}

function Happened({ item, name, detail }: { item: { status: string }; name: string; detail: string | undefined }) {
  switch (item.status) {
    case 'failed':
      return (
        <Trans>
          <b>{name}</b> has not been sent yet: the server did not answer. Your work is kept here and sent again by itself.
        </Trans>
      );
    case 'stale':
      return (
        <Trans>
          <b>{name}</b> was no longer yours when it arrived. The server keeps your work as a draft. {detail}
        </Trans>
      );
    default:
      return (
        <Trans>
          The server refused <b>{name}</b>: {detail} Your work is whole.
        </Trans>
      );
  }
}
