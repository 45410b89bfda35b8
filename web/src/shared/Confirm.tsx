import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemAlert } from './ProblemAlert';

interface Props {
  opened: boolean;
  title: string;
  /** The word on the button that does it. */
  act: string;
  danger?: boolean;
  disabled?: boolean;
  pending: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
  size?: string;
}

/** Says what an act does before it is done; what the server refuses stands in the same place. */
export function Confirm({ opened, title, act, danger = false, disabled = false, pending, error, onConfirm, onClose, children, size = 'md' }: Props) {
  const { t } = useLingui();
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={size} closeButtonProps={{ 'aria-label': t`Close` }}>
      <Stack gap="md" data-testid="confirm">
        {children}
        <ProblemAlert error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button color={danger ? 'red' : 'verdigris'} loading={pending} disabled={disabled} onClick={onConfirm} data-testid="confirm-act">
            {act}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
