import { Alert, Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** The lease is lost: what that means, and the way on. */
export function LostBanner({ next, onNext, children }: { next: ReactNode; onNext: () => void; children: ReactNode }) {
  return (
    <Alert role="alert" color="brass" variant="light" p="xs" data-testid="lease-lost">
      <Group justify="space-between">
        <Text size="sm">{children}</Text>
        <Button size="compact-sm" variant="default" onClick={onNext} data-testid="lost-next">
          {next}
        </Button>
      </Group>
    </Alert>
  );
}
