import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, Text } from '@mantine/core';
import type { Previewed } from './useDeletion';

/** What goes with single answers, and the button that deletes them. */
export function AnswerPreview({ previewed, running, onRun }: { previewed: Previewed; running: boolean; onRun: () => void }) {
  const { t } = useLingui();
  const { answers, decisions, reopened, inWork, releases } = previewed.found;
  if (answers === 0) {
    return (
      <Alert mt="md" color="gray" data-testid="answer-deletion-preview">
        <Trans>No answer is found.</Trans>
      </Alert>
    );
  }
  const named = releases.map((release) => t`release ${release}`).join(', ');
  return (
    <Alert mt="md" color="red" data-testid="answer-deletion-preview" title={<Plural value={answers} one="# answer would be deleted" other="# answers would be deleted" />}>
      <Group justify="space-between" wrap="nowrap" align="flex-end">
        <Text size="sm">
          <Plural value={reopened} _0="No task needs another answer for it." one="# task needs an answer again, of somebody else." other="# tasks need an answer again, of somebody else." />{' '}
          <Plural value={decisions} _0="Nobody has decided on one." one="# decision goes with them." other="# decisions go with them." />{' '}
          <Plural value={inWork} _0="Nobody has one in hand." one="# of them is in somebody's hands." other="# of them are in somebody's hands." />{' '}
          <Trans>What they were paid stays paid.</Trans> {releases.length === 0 ? null : t`They stay where they were released: ${named}.`}
        </Text>
        <Button color="red" loading={running} onClick={onRun} data-testid="run-answer-deletion">
          <Plural value={answers} one="Delete # answer" other="Delete # answers" />
        </Button>
      </Group>
    </Alert>
  );
}
