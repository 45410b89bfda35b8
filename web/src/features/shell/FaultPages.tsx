import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Center, Stack, Text, Title } from '@mantine/core';
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Mark } from '@/design/Logo';
import { ProblemAlert } from '@/shared/ProblemAlert';

export function NotFoundPage() {
  return (
    <Center component="main" mih="70vh" p="xl">
      <Stack align="center" gap="sm">
        <Mark size={44} />
        <Title order={1}>
          <Trans>There is no page here</Trans>
        </Title>
        <Text c="dimmed">
          <Trans>The address is mistyped, or what it named is gone.</Trans>
        </Text>
        <Anchor component={Link} to="/">
          <Trans>To the start</Trans>
        </Anchor>
      </Stack>
    </Center>
  );
}

/** The last line of defence of a page: what failed, and a way on. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const { t } = useLingui();
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Center component="main" mih="70vh" p="xl">
      <Stack maw={520} w="100%">
        <Title order={1}>{t`This page could not be shown`}</Title>
        <ProblemAlert error={error} onRetry={again} />
        <Button variant="default" onClick={() => window.location.reload()}>
          <Trans>Reload the page</Trans>
        </Button>
      </Stack>
    </Center>
  );
}
