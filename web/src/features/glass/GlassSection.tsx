import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import { holds, useSession } from '@/api/session';
import type { GlassGrant, GlassRule } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { GrantActs } from './GlassBanner';
import { GrantState, useApprovals } from './GrantState';
import { glassKey, glassPath, glassQuery } from './queries';

/** Break-glass, the client's side: what it asks of operators, and which of them looked. */
export function GlassSection({ client }: { client: string }) {
  const { t } = useLingui();
  const glass = useQuery(glassQuery(client));
  return (
    <Section
      title={t`When an operator must look`}
      subtitle={t`An operator's account opens no content. One who needs to look asks for it; you see it at once and can end it.`}
      testId="glass"
    >
      <QueryView query={glass}>
        {({ rule, grants }) => (
          <Stack gap="md">
            <RuleForm key={`${rule.approval} ${rule.longestMinutes}`} client={client} rule={rule} />
            <Grants client={client} grants={grants} />
          </Stack>
        )}
      </QueryView>
    </Section>
  );
}

function isApproval(value: string | null): value is GlassGrant['approval'] {
  return value === 'none' || value === 'operator' || value === 'client';
}

function RuleForm({ client, rule }: { client: string; rule: GlassRule }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const approvals = useApprovals();
  const mayChange = holds(useSession(), client, 'requester');
  const [approval, setApproval] = useState(rule.approval ?? 'operator');
  const [minutes, setMinutes] = useState<number | string>(rule.longestMinutes ?? 0);
  const save = useMutation({
    mutationFn: () => api.put<GlassRule>(glassPath(client, 'rule'), { approval, longestMinutes: minutes }),
    onSuccess: () => {
      notify(t`The rule for operators is saved`);
      void queryClient.invalidateQueries({ queryKey: glassKey(client) });
    },
  });
  const changed = approval !== rule.approval || minutes !== rule.longestMinutes;
  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="sm">
        <Select
          label={t`Whose word it waits for`}
          w={260}
          allowDeselect={false}
          disabled={!mayChange}
          data={(['none', 'operator', 'client'] as const).map((value) => ({ value, label: approvals[value] }))}
          value={approval}
          onChange={(value) => isApproval(value) && setApproval(value)}
        />
        <NumberInput label={t`Most minutes`} w={130} min={0} allowDecimal={false} disabled={!mayChange} value={minutes} onChange={setMinutes} />
        {mayChange ? (
          <Button variant="default" disabled={!changed || minutes === ''} loading={save.isPending} onClick={() => save.mutate()}>
            <Trans>Save</Trans>
          </Button>
        ) : null}
      </Group>
      <Text size="xs" c="dimmed">
        <Trans>0 minutes let nobody in.</Trans>
      </Text>
      <ProblemAlert error={save.error} />
    </Stack>
  );
}

function Grants({ client, grants }: { client: string; grants: readonly GlassGrant[] }) {
  const { t } = useLingui();
  const format = useFormat();
  if (grants.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        <Trans>No operator has ever asked.</Trans>
      </Text>
    );
  }
  return (
    <DataTable
      testId="glass-grants"
      minWidth={700}
      items={grants}
      keyOf={({ id }) => id}
      columns={[
        { name: t`Operator`, cell: ({ operatorName }) => operatorName },
        { name: t`Reason`, cell: ({ reason }) => reason },
        { name: t`Asked`, cell: ({ askedAt }) => format.dateTime(askedAt) },
        { name: t`Minutes`, cell: ({ minutes }) => format.number(minutes), end: true },
        { name: t`State`, cell: (grant) => <GrantState grant={grant} /> },
        { name: t`Actions`, quiet: true, end: true, cell: (grant) => <GrantActs client={client} grant={grant} /> },
      ]}
    />
  );
}
