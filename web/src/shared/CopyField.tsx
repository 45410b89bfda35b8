import { useLingui } from '@lingui/react/macro';
import { ActionIcon, CopyButton, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@/design/icons';
import classes from './shared.module.css';

/** A value to be taken along: a key, a link, a hash, a command. */
export function CopyField({ value, label, testId }: { value: string; label: string; testId?: string }) {
  const { t } = useLingui();
  return (
    <div>
      <Text size="sm" fw={550} mb={4}>
        {label}
      </Text>
      <div className={classes['copy']}>
        <code data-testid={testId}>{value}</code>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? t`Copied` : t`Copy`}>
              <ActionIcon variant="subtle" color={copied ? 'verdigris' : 'gray'} onClick={copy} aria-label={t`Copy: ${label}`}>
                {copied ? <IconCheck /> : <IconCopy />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </div>
    </div>
  );
}
