import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Avatar, Group, Menu, Text, Tooltip, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '@/api/client';
import type { SignOut } from '@/api/types';
import { useReplaceSession, useSession } from '@/api/session';
import { IconMoon, IconSignOut, IconSun } from '@/design/icons';
import { LanguageSwitch } from './LanguageSwitch';
import classes from './shell.module.css';

/** Who is signed in; leaving; language and light. */
export function PersonMenu() {
  const { t } = useLingui();
  const { person } = useSession();
  const signOut = useSignOut();
  return (
    <>
      <Menu position="top-start" width={220} shadow="md">
        <Menu.Target>
          <UnstyledButton className={classes['person']} data-testid="person-menu">
            <Avatar size={28} radius="xl" name={person.name} color="verdigris" variant="filled" alt="" />
            <span style={{ minWidth: 0 }}>
              <Text size="sm" fw={550} truncate>
                {person.name}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {person.email}
              </Text>
            </span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconSignOut size={16} />} onClick={signOut} data-testid="sign-out">
            <Trans>Sign out</Trans>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Group justify="space-between" px={8} pt={6} wrap="nowrap">
        <LanguageSwitch persist />
        <SchemeSwitch label={t`Light or dark`} />
      </Group>
    </>
  );
}

function useSignOut() {
  const replaceSession = useReplaceSession();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: async () => {
      // Who signed in by a provider signs out there as well; one that does not answer keeps nobody here.
      const there = await api.get<SignOut>('/session/sign-out').catch(() => null);
      await api.delete<void>('/session');
      if (there?.url) window.location.assign(there.url);
    },
    // Also when the server is not there: nothing of the session stays on the screen.
    onSettled: async () => {
      await navigate({ to: '/sign-in' });
      replaceSession(null);
    },
  });
  return () => signOut.mutate();
}

export function SchemeSwitch({ label }: { label: string }) {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={30}
        aria-label={label}
        data-testid="scheme-switch"
        onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
      >
        {scheme === 'dark' ? <IconSun /> : <IconMoon />}
      </ActionIcon>
    </Tooltip>
  );
}
