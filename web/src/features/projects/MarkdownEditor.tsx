import { Trans, useLingui } from '@lingui/react/macro';
import { Text, Textarea } from '@mantine/core';
import { useDeferredValue } from 'react';
import { MarkdownView } from '@/shared/MarkdownView';
import classes from './projects.module.css';

/** Markdown with what it will look like beside it. */
export function MarkdownEditor({ value, onChange, error }: { value: string; onChange: (markdown: string) => void; error?: string | undefined }) {
  const { t } = useLingui();
  const shown = useDeferredValue(value);
  return (
    <div className={classes['split']}>
      <Textarea
        aria-label={t`Guidelines in Markdown`}
        placeholder={t`# What to look for…`}
        autosize
        minRows={9}
        maxRows={28}
        value={value}
        error={error}
        data-testid="guidelines-input"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 'var(--mantine-font-size-sm)' } }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <div className={classes['preview']} role="region" aria-label={t`Preview`}>
        {shown.trim() ? (
          <MarkdownView>{shown}</MarkdownView>
        ) : (
          <Text size="sm" c="dimmed">
            <Trans>The preview appears here.</Trans>
          </Text>
        )}
      </div>
    </div>
  );
}
