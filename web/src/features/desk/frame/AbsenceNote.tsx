import { Trans, useLingui } from '@lingui/react/macro';
import { Modal, Text } from '@mantine/core';
import type { ConveyorState } from '../session/conveyor';

interface Props {
  absence: ConveyorState<unknown, unknown>['absence'];
  onNoticed: () => void;
}

/** What became of the tasks in the hand of somebody who was away. */
export function AbsenceNote({ absence, onNoticed }: Props) {
  const { t } = useLingui();
  return (
    <Modal opened={absence !== undefined} onClose={onNoticed} title={t`You were away`} closeButtonProps={{ 'aria-label': t`Close` }} data-testid="absence">
      <Text size="sm">
        {absence === 'lost' ? (
          <Trans>The task in your hand went back to the queue. When nobody has taken it, it is here again with what you had begun; otherwise that is kept as your draft.</Trans>
        ) : (
          <Trans>Nothing happened here for 30 minutes, so your tasks go back to the queue when their time is over. What you began is kept as your draft. Move the mouse or press a key to go on.</Trans>
        )}
      </Text>
    </Modal>
  );
}
