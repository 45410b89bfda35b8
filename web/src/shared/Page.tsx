import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

interface Props {
  title: string;
  /** One line under the title. */
  subtitle?: ReactNode;
  /** Buttons at the end of the title's line. */
  actions?: ReactNode;
  /** Above the title: where this page belongs. */
  crumb?: ReactNode;
  width?: number;
  children: ReactNode;
}

/** A page of the console: title (also the window's), actions, content in a measured column. */
export function Page({ title, subtitle, actions, crumb, width = 1180, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Etalon`;
  }, [title]);
  return (
    <Box maw={width} mx="auto" px={{ base: 'md', sm: 'xl' }} py="lg">
      <Stack gap="lg">
        <Box>
          {crumb ? (
            <Text size="xs" c="dimmed" component="div" mb={4}>
              {crumb}
            </Text>
          ) : null}
          <Group justify="space-between" align="flex-start" wrap="wrap" gap="sm">
            {/* A long line under the title breaks before it pushes the buttons below. */}
            <Box style={{ flex: '1 1 320px', minWidth: 0 }}>
              <Title order={1}>{title}</Title>
              {subtitle ? (
                <Text size="sm" c="dimmed" component="div" mt={2}>
                  {subtitle}
                </Text>
              ) : null}
            </Box>
            {actions ? <Group gap="xs">{actions}</Group> : null}
          </Group>
        </Box>
        {children}
      </Stack>
    </Box>
  );
}
