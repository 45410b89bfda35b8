import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Code, List, Text } from '@mantine/core';
import type { Quality } from '@/api/types';

/** What answers say that the ontology has no more: it is in no figure, and nobody shall take the figures for the whole. */
export function LeftAside({ excluded }: { excluded: Quality['excluded'] }) {
  const { t } = useLingui();
  const aside = excluded.filter(({ summary }) => summary === 'left_aside');
  if (aside.length === 0) return null;
  return (
    <Alert color="brass" title={t`Left out of these results`} data-testid="left-aside">
      <Text size="sm">
        <Trans>The ontology has these no more, or with another type. The answers keep what they say.</Trans>
      </Text>
      <List size="sm">
        {aside.map(({ question, judgements }) => (
          <List.Item key={question}>
            <Code>{question}</Code> <Plural value={judgements} one="# answer" other="# answers" />
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
