import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import type { Pages } from './usePages';

/** Back and forth in a list. Nothing while all of it is on the screen. */
export function Pager({ pages }: { pages: Pages<unknown> }) {
  const { t } = useLingui();
  if (!pages.next && !pages.previous) return null;
  return (
    <Group component="nav" justify="flex-end" gap="xs" mt="sm" aria-label={t`Pages`} data-testid="pager">
      <Button variant="default" size="xs" disabled={!pages.previous} onClick={pages.previous}>
        <Trans>Previous</Trans>
      </Button>
      <Text size="sm" c="dimmed" className="tabular">
        {t`Page ${pages.page + 1}`}
      </Text>
      <Button variant="default" size="xs" disabled={!pages.next} onClick={pages.next}>
        <Trans>Next</Trans>
      </Button>
    </Group>
  );
}
