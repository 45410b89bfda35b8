import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { SecondFactor } from '@/api/types';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';

/** Whether a client asks its people for a second factor, and whom that stops. */
export function SecondFactorSection({ client, mayChange }: { client: string; mayChange: boolean }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const queryKey = ['clients', client, 'second-factor'];
  const at = path('clients', client, 'second-factor');
  const query = useQuery({ queryKey, queryFn: ({ signal }) => api.get<SecondFactor>(at, { signal }) });
  const set = useMutation({
    mutationFn: (required: boolean) => api.put<SecondFactor>(at, { required }),
    onSuccess: (rule) => {
      queryClient.setQueryData(queryKey, rule);
      notify(t`The rule is saved`);
    },
  });
  return (
    <Section
      title={t`Second factor`}
      subtitle={t`A passkey asks for the device and for a finger, a face or a PIN. A sign-in by an organisation counts where its operator has listed what it says of one.`}
      testId="second-factor-rule"
    >
      <QueryView query={query}>
        {({ required, people, keys, own }) => (
          <Stack gap="sm">
            <Switch
              label={t`People need a second factor here`}
              checked={required}
              disabled={!mayChange || set.isPending || (!required && !own)}
              onChange={(event) => set.mutate(event.currentTarget.checked)}
            />
            {!own && !required && mayChange ? (
              <Alert color="brass">
                <Trans>You would shut yourself out: sign in with a passkey first, then switch it on.</Trans>
              </Alert>
            ) : null}
            <Text size="sm" c="dimmed">
              <Plural value={people} _0="Everybody here has a passkey." one="# person here has no passkey yet." other="# people here have no passkey yet." />{' '}
              <Plural value={keys} _0="" one="# key of a program was made without one and opens nothing then." other="# keys of programs were made without one and open nothing then." />
            </Text>
            <ProblemAlert error={set.error} />
          </Stack>
        )}
      </QueryView>
    </Section>
  );
}
