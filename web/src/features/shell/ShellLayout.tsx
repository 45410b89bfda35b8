import { useLingui } from '@lingui/react/macro';
import { AppShell, Burger, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Mark } from '@/design/Logo';
import { AccountNotices } from '@/features/account/AccountNotices';
import { WaitingResets } from '@/features/account/WaitingResets';
import { GlassBanner } from '@/features/glass/GlassBanner';
import { Navigation } from './Navigation';
import classes from './shell.module.css';

/** The console's frame: navigation at the side, one page beside it. */
export function ShellLayout() {
  const { t } = useLingui();
  const [opened, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  useEffect(close, [pathname, close]);
  return (
    <AppShell
      layout="alt"
      navbar={{ width: 244, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      header={{ height: { base: 52, sm: 0 } }}
    >
      <a href="#main" className={`${classes['skip']} visually-hidden`} onClick={skipToMain}>
        {t`Skip to content`}
      </a>
      <AppShell.Header hiddenFrom="sm" className={classes['header']}>
        <Group h="100%" px="md" gap="sm">
          <Burger opened={opened} onClick={toggle} size="sm" aria-label={t`Navigation`} />
          <Mark size={24} />
          <Text fw={650}>Etalon</Text>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes['navbar']} data-testid="navigation">
        <Navigation onClose={close} opened={opened} />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={classes['main']}>
        <GlassBanner />
        <WaitingResets />
        <AccountNotices />
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

/** The address is the router's (a hash), so the skip link moves the focus itself. */
function skipToMain(event: React.MouseEvent) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
