import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import { useFormat } from '@/shared/useFormat';

interface Deleted {
  readonly id: number;
  readonly purgeAt: string;
  readonly undoneAt?: string;
  readonly purgedAt?: string;
}

/** What became of a deletion, or the button that undoes it. */
export function Fate({ deletion, undo }: { deletion: Deleted; undo?: { isPending: boolean; mutate: () => void } | undefined }) {
  const { t } = useLingui();
  const format = useFormat();
  if (deletion.undoneAt !== undefined) return <Text size="sm" c="dimmed">{t`Brought back on ${format.dateTime(deletion.undoneAt)}`}</Text>;
  if (deletion.purgedAt !== undefined) return <Text size="sm" c="dimmed">{t`Gone for good since ${format.dateTime(deletion.purgedAt)}`}</Text>;
  return (
    <Group gap="sm">
      <Text size="sm">{t`Kept until ${format.dateTime(deletion.purgeAt)}`}</Text>
      {undo ? (
        <Button size="compact-sm" variant="default" loading={undo.isPending} onClick={() => undo.mutate()} data-testid={`undo-deletion-${deletion.id}`}>
          <Trans>Undo</Trans>
        </Button>
      ) : null}
    </Group>
  );
}
