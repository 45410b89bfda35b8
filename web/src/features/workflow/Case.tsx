import { useLingui } from '@lingui/react/macro';
import { Badge, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { LinkAnchor } from '@/shared/links';
import { useFormat } from '@/shared/useFormat';
import classes from './workflow.module.css';

interface Props {
  client: string;
  project: string;
  task: number;
  who: string;
  at: string;
  state: string;
  open: boolean;
  testId: string;
  children: ReactNode;
}

/** Something that was brought before somebody: by whom, when, about which task, in which words, and how it stands. */
export function Case({ client, project, task, who, at, state, open, testId, children }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <li className={classes['case']} data-testid={testId}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text size="sm" fw={550}>
            {who}
          </Text>
          <Text size="xs" c="dimmed">
            {format.dateTime(at)}
          </Text>
          <LinkAnchor size="sm" to="/clients/$client/projects/$project/tasks" params={{ client, project }} search={{ task }}>
            {t`Task ${task}`}
          </LinkAnchor>
        </Group>
        <Badge color={open ? 'brass' : 'gray'}>{state}</Badge>
      </Group>
      {children}
    </li>
  );
}
