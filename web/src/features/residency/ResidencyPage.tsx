import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Alert, Badge, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { clientsOf, holds, useSession } from '@/api/session';
import type { Residency, ResidencyRule } from '@/api/types';
import { IconPlus } from '@/design/icons';
import { EmptyState } from '@/shared/EmptyState';
import { Page } from '@/shared/Page';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { usePlaces } from '@/shared/usePlaces';
import { residencyQuery } from './queries';
import { ResidencyForm } from './ResidencyForm';
import { useResidencySentence } from './useResidencySentence';

/** In which countries a client's data may lie and be processed, and where the people may be who see them. */
export function ResidencyPage() {
  const { t } = useLingui();
  const { client } = useParams({ from: '/signed-in/shell/clients/$client/residency' });
  const session = useSession();
  const residency = useQuery(residencyQuery(client));
  return (
    <Page
      title={t`Residency`}
      crumb={clientsOf(session).find((c) => c.slug === client)?.name ?? client}
      subtitle={t`Where data may lie and be processed, and where the people may be who see them. Asked at every lease, view, review and export.`}
    >
      <QueryView query={residency}>
        {(found) => (
          <>
            <Here residency={found} />
            <Lists client={client} rules={found.rules} mayChange={holds(session, client, 'requester')} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Here({ residency: { country, networks } }: { residency: Residency }) {
  const { t } = useLingui();
  const format = useFormat();
  const { countryName } = usePlaces();
  const place = country ? countryName(country) : '';
  const count = format.number(networks);
  return (
    <Alert color={country ? 'verdigris' : 'brass'} title={country ? t`This server stands in: ${place}` : t`Where this server stands was not stated`} data-testid="server-place">
      <Text size="sm">
        {networks > 0 ? (
          <Trans>People's addresses are looked up in the operator's table of {count} networks; nobody outside is asked.</Trans>
        ) : (
          <Trans>People are where they say that they live, and where their managers say that they work. The operator has given no table of networks.</Trans>
        )}
      </Text>
    </Alert>
  );
}

function Lists({ client, rules, mayChange }: { client: string; rules: readonly ResidencyRule[]; mayChange: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  const sentence = useResidencySentence(client);
  const [writing, setWriting] = useState<ResidencyRule | 'new' | null>(null);
  const close = () => setWriting(null);
  const add = mayChange ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setWriting('new')} data-testid="new-residency">
      <Trans>New list</Trans>
    </Button>
  ) : null;
  return (
    <Section title={t`Lists of countries`} actions={add} testId="residency">
      {rules.length === 0 ? (
        <EmptyState title={t`No list yet`}>
          <Trans>Without a list, data and people may be anywhere.</Trans>
        </EmptyState>
      ) : (
        <Stack gap="sm">
          {rules.map((rule) => {
            const words = sentence(rule);
            return (
              <Group key={rule.id} justify="space-between" data-testid={`residency-${rule.concern}`}>
                <Stack gap={3} style={{ flex: 1, minWidth: 240 }}>
                  <Text fw={550}>{words}</Text>
                  <Group gap="xs">
                    <Badge color={rule.inForce ? 'verdigris' : 'gray'}>{rule.inForce ? t`In force` : t`Switched off`}</Badge>
                    <Text size="xs" c="dimmed">
                      <Trans>
                        Version {rule.version} of {format.dateTime(rule.setAt)}
                      </Trans>
                    </Text>
                  </Group>
                </Stack>
                {mayChange ? (
                  <Button size="xs" variant="default" aria-label={t`Change: ${words}`} onClick={() => setWriting(rule)}>
                    <Trans>Change</Trans>
                  </Button>
                ) : null}
              </Group>
            );
          })}
        </Stack>
      )}
      <Modal opened={writing !== null} onClose={close} size="lg" title={writing === 'new' ? t`New list` : t`Change the list`} closeButtonProps={{ 'aria-label': t`Close` }}>
        {writing ? <ResidencyForm client={client} rule={writing === 'new' ? undefined : writing} onDone={close} /> : null}
      </Modal>
    </Section>
  );
}
