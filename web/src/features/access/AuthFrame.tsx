import { Trans, useLingui } from '@lingui/react/macro';
import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { Mark } from '@/design/Logo';
import { LanguageSwitch } from '@/features/shell/LanguageSwitch';
import { SchemeSwitch } from '@/features/shell/PersonMenu';
import classes from './access.module.css';

/** The frame of the pages before sign-in: the rule at one side, the form at the other. */
export function AuthFrame({ title, subtitle, children }: { title: string; subtitle?: ReactNode; children: ReactNode }) {
  const { t } = useLingui();
  useEffect(() => {
    document.title = `${title} · Etalon`;
  }, [title]);
  return (
    <div className={classes['frame']}>
      <header className={classes['side']}>
        <Group gap={12}>
          <Mark size={34} />
          <span className={classes['wordmark']}>Etalon</span>
        </Group>
        <Text className={classes['motto']} component="p">
          <Trans>Annotated data, and the proof of how it was made.</Trans>
        </Text>
        <Rule />
      </header>
      <main className={classes['content']}>
        <Group justify="flex-end" gap="xs">
          <LanguageSwitch />
          <SchemeSwitch label={t`Light or dark`} />
        </Group>
        <Box className={classes['form']}>
          <Stack gap="lg">
            <div>
              <Title order={1}>{title}</Title>
              {subtitle ? (
                <Text c="dimmed" size="sm" mt={4} component="div">
                  {subtitle}
                </Text>
              ) : null}
            </div>
            {children}
          </Stack>
        </Box>
      </main>
    </div>
  );
}

/** Graduations of a rule: long at ten, middle at five, as on the standard metre. */
function Rule() {
  const marks = Array.from({ length: 61 }, (_, n) => ({ n, length: n % 10 === 0 ? 54 : n % 5 === 0 ? 38 : 24 }));
  return (
    <svg className={classes['rule']} viewBox="0 0 600 64" preserveAspectRatio="xMinYMax slice" aria-hidden="true">
      {marks.map(({ n, length }) => (
        <line key={n} x1={n * 10 + 0.5} x2={n * 10 + 0.5} y1={64} y2={64 - length} stroke="currentColor" strokeWidth={n % 10 === 0 ? 1.8 : 1} />
      ))}
    </svg>
  );
}
