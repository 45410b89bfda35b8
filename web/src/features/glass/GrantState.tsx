import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Stack, Text } from '@mantine/core';
import type { GlassGrant } from '@/api/types';
import { useFormat } from '@/shared/useFormat';

/** Whose word a grant waits for, by name. */
export function useApprovals(): Record<GlassGrant['approval'], string> {
  const { t } = useLingui();
  return { none: t`Nobody's: open at once`, operator: t`Another operator's`, client: t`A requester's of the client` };
}

export function GrantState({ grant }: { grant: GlassGrant }) {
  const { t } = useLingui();
  const format = useFormat();
  switch (grant.state) {
    case 'open':
      return (
        <Stack gap={2}>
          <Badge color="red">{t`Open`}</Badge>
          {grant.endsAt ? <Text size="xs" c="dimmed">{t`until ${format.dateTime(grant.endsAt)}`}</Text> : null}
        </Stack>
      );
    case 'waiting':
      return <Badge color="brass">{grant.approval === 'client' ? t`Waits for the client` : t`Waits for another operator`}</Badge>;
    case 'over':
      return (
        <Stack gap={2}>
          <Badge color="gray">{t`Over`}</Badge>
          <Text size="xs" c="dimmed">
            {!grant.openedAt ? <Trans>never opened</Trans> : grant.endedAt ? <Trans>ended {format.dateTime(grant.endedAt)}</Trans> : grant.endsAt ? <Trans>ran out {format.dateTime(grant.endsAt)}</Trans> : null}
          </Text>
        </Stack>
      );
  }
}
