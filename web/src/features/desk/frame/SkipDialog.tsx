import { msg } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import type { MessageDescriptor } from '@lingui/core';
import { Button, Group, Modal, Radio, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { SkipReason } from '@/api/types';

const REASONS: readonly (readonly [SkipReason, MessageDescriptor])[] = [
  ['unclear', msg`The instructions do not say what to do here`],
  ['cannot_judge', msg`I cannot judge this`],
  ['broken_asset', msg`The file is broken or empty`],
  ['other', msg`Another reason`],
];

interface Props {
  opened: boolean;
  onClose: () => void;
  onSkip: (reason: SkipReason, note: string) => void;
}

/** Asks why a task is skipped: whoever wrote the instructions reads it. */
export function SkipDialog({ opened, onClose, onSkip }: Props) {
  const { i18n } = useLingui();
  const [reason, setReason] = useState<SkipReason>('unclear');
  const [note, setNote] = useState('');
  const close = () => {
    setNote('');
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      closeButtonProps={{ 'aria-label': i18n._(msg`Close`) }}
      title={<Trans>Skip this task</Trans>}
      data-testid="skip-dialog">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSkip(reason, note.trim());
          close();
        }}
      >
        <Stack>
          <Radio.Group label={<Trans>Why?</Trans>} value={reason} onChange={(value) => setReason(value as SkipReason)}>
            <Stack gap="xs" mt="xs">
              {REASONS.map(([value, words]) => (
                <Radio key={value} value={value} label={i18n._(words)} data-testid={`skip-${value}`} />
              ))}
            </Stack>
          </Radio.Group>
          <Textarea
            label={<Trans>What should the author of the instructions know?</Trans>}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            maxLength={2000}
            autosize
            minRows={2}
            data-testid="skip-note"
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" data-testid="skip-confirm">
              <Trans>Skip</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
