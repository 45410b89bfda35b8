import { Trans } from '@lingui/react/macro';
import { Alert, Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyField } from './CopyField';

interface Props {
  title: string;
  label: string;
  /** The secret: a link, a key. */
  value: string;
  testId: string;
  onDone: () => void;
  /** Why it is not shown again. */
  children: ReactNode;
}

/** A secret that the server tells once, to be taken along now. */
export function ShownOnce({ title, label, value, testId, onDone, children }: Props) {
  return (
    <Stack gap="sm">
      <Alert color="brass" title={title}>
        {children}
      </Alert>
      <CopyField value={value} label={label} testId={testId} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          <Trans>Done</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
