import { Box, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './shared.module.css';

/** A titled block of a page: one thing to read or do. */
export function Section({ title, subtitle, actions, children, testId }: { title: string; subtitle?: ReactNode; actions?: ReactNode; children: ReactNode; testId?: string }) {
  return (
    <section className={classes['section']} data-testid={testId} aria-label={title}>
      <Group justify="space-between" align="flex-start" mb="sm" wrap="wrap" gap="xs">
        <Box>
          <Title order={2} fz="md">
            {title}
          </Title>
          {subtitle ? (
            <Text size="sm" c="dimmed" component="div" maw={640}>
              {subtitle}
            </Text>
          ) : null}
        </Box>
        {actions ? <Group gap="xs">{actions}</Group> : null}
      </Group>
      {children}
    </section>
  );
}
