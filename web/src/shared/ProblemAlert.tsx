import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import { Alert, Button, Code, Group, List, Text } from '@mantine/core';
import { ApiError } from '@/api/client';
import { describeProblem } from './problem';

interface Props {
  error: unknown;
  onRetry?: () => void;
  /** Faults that stand beside their fields already. */
  hideFaults?: boolean;
}

/** A failure, with what to do about it. Renders nothing without one. */
export function ProblemAlert({ error, onRetry, hideFaults = false }: Props) {
  const { i18n } = useLingui();
  if (!error) return null;
  const { title, detail } = describeProblem(i18n, error);
  const faults = error instanceof ApiError && !hideFaults ? error.faults : [];
  return (
    <Alert role="alert" color="red" variant="light" title={title} data-testid="problem">
      {detail && detail !== title ? <Text size="sm">{detail}</Text> : null}
      {faults.length > 0 ? (
        <List size="sm" mt={4}>
          {faults.map((fault) => (
            <List.Item key={`${fault.pointer} ${fault.message}`}>
              <Code>{fault.pointer || '/'}</Code> {fault.message}
            </List.Item>
          ))}
        </List>
      ) : null}
      {onRetry ? (
        <Group mt="xs">
          <Button size="xs" variant="default" onClick={onRetry}>
            <Trans>Try again</Trans>
          </Button>
        </Group>
      ) : null}
    </Alert>
  );
}
