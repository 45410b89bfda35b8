import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import { Alert, Button, Code, Group, List, Stack, Text } from '@mantine/core';
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
  const text = detail && detail !== title ? detail : null;
  const bare = !text && faults.length === 0 && !onRetry;
  return (
    <Alert role="alert" ta="start" color="red" variant="light" title={title} data-testid="problem">
      {bare ? null : (
        <Stack gap={6}>
          {text ? <Text size="sm">{text}</Text> : null}
          {faults.length > 0 ? (
            <List size="sm">
              {faults.map((fault) => (
                <List.Item key={`${fault.pointer} ${fault.message}`}>
                  <Code>{fault.pointer || '/'}</Code> {fault.message}
                </List.Item>
              ))}
            </List>
          ) : null}
          {onRetry ? (
            <Group>
              <Button size="xs" variant="default" onClick={onRetry}>
                <Trans>Try again</Trans>
              </Button>
            </Group>
          ) : null}
        </Stack>
      )}
    </Alert>
  );
}
