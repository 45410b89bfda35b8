import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Mark } from '@/design/Logo';
import classes from './shared.module.css';

/** What stands where a list would be: what belongs here and how to begin. Within a section it takes no more room than it needs. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <Stack align="center" gap="xs" className={classes['empty']} data-testid="empty">
      <Mark size={36} />
      <Text fw={600}>
        {title}
      </Text>
      {children ? (
        <Text size="sm" c="dimmed" ta="center" maw={440} component="div">
          {children}
        </Text>
      ) : null}
      {action}
    </Stack>
  );
}
