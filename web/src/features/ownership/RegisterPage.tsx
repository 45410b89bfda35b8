import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Modal, Switch, TextInput, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Organisation, Stake } from '@/api/types';
import { IconPlus } from '@/design/icons';
import { DataTable } from '@/shared/DataTable';
import { EmptyState } from '@/shared/EmptyState';
import { Page } from '@/shared/Page';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { usePlaces } from '@/shared/usePlaces';
import { ClientForm } from './ClientForm';
import { DrainEverywhere } from './DrainEverywhere';
import { EndStakeForm } from './EndStakeForm';
import { OrganisationForm } from './OrganisationForm';
import { organisationsQuery, stakesQuery } from './queries';
import { StakeForm } from './StakeForm';
import { StakeTable } from './StakeTable';

type Dialogue = { kind: 'organisation' } | { kind: 'client'; organisation: Organisation } | { kind: 'drain'; organisation: Organisation } | { kind: 'stake' } | { kind: 'end'; stake: Stake } | null;

/** The operator's register: legal entities, and who holds how much of whom. */
export function RegisterPage() {
  const { t } = useLingui();
  const [dialogue, setDialogue] = useState<Dialogue>(null);
  const organisations = useQuery(organisationsQuery);
  const names = new Map((organisations.data ?? []).map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? `${id.slice(0, 8)}…`;
  const close = () => setDialogue(null);
  const titles = { organisation: t`New organisation`, client: t`Which client it is`, drain: t`Drain it at all clients`, stake: t`New stake`, end: t`End the stake` };
  return (
    <Page title={t`Register of owners`} subtitle={t`Legal entities and who holds them. A stake bites when it is entered: walls close, open work is ended.`}>
      <OrganisationsSection onDialogue={setDialogue} />
      <StakesSection nameOf={nameOf} onDialogue={setDialogue} />
      <Modal opened={dialogue !== null} onClose={close} title={dialogue ? titles[dialogue.kind] : ''} closeButtonProps={{ 'aria-label': t`Close` }}>
        {dialogue?.kind === 'organisation' ? <OrganisationForm onDone={close} /> : null}
        {dialogue?.kind === 'client' ? <ClientForm organisation={dialogue.organisation} onDone={close} /> : null}
        {dialogue?.kind === 'drain' ? <DrainEverywhere organisation={dialogue.organisation} onDone={close} /> : null}
        {dialogue?.kind === 'stake' ? <StakeForm organisations={organisations.data ?? []} onDone={close} /> : null}
        {dialogue?.kind === 'end' ? <EndStakeForm stake={dialogue.stake} nameOf={nameOf} onDone={close} /> : null}
      </Modal>
    </Page>
  );
}

function OrganisationsSection({ onDialogue }: { onDialogue: (dialogue: Dialogue) => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const { countryName } = usePlaces();
  const organisations = useQuery(organisationsQuery);
  return (
    <Section
      title={t`Organisations`}
      testId="organisations"
      actions={
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => onDialogue({ kind: 'organisation' })} data-testid="new-organisation">
          <Trans>New organisation</Trans>
        </Button>
      }
    >
      <QueryView query={organisations}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t`No organisation yet`}>
              <Trans>Enter clients, vendors and their owners: walls look at them by their ids.</Trans>
            </EmptyState>
          ) : (
            <DataTable
              testId="organisation-list"
              items={[...items].sort((a, b) => a.name.localeCompare(b.name, format.locale))}
              keyOf={({ id }) => id}
              columns={[
                { name: t`Name`, cell: ({ name }) => name },
                { name: t`Country`, cell: ({ country }) => (country ? countryName(country) : '–') },
                { name: t`Entered`, cell: ({ createdAt }) => format.date(createdAt) },
                {
                  name: t`Actions`,
                  quiet: true,
                  end: true,
                  cell: (organisation) => (
                    <Group gap="xs" justify="flex-end" wrap="nowrap">
                      <Button size="xs" variant="default" aria-label={t`It is a client: ${organisation.name}`} onClick={() => onDialogue({ kind: 'client', organisation })}>
                        <Trans>It is a client…</Trans>
                      </Button>
                      <Button size="xs" color="red" variant="outline" aria-label={t`Drain at all clients: ${organisation.name}`} onClick={() => onDialogue({ kind: 'drain', organisation })} data-testid="drain-everywhere">
                        <Trans>Drain…</Trans>
                      </Button>
                    </Group>
                  ),
                },
              ]}
            />
          )
        }
      </QueryView>
    </Section>
  );
}

function StakesSection({ nameOf, onDialogue }: { nameOf: (id: string) => string; onDialogue: (dialogue: Dialogue) => void }) {
  const { t } = useLingui();
  const stakes = useQuery(stakesQuery);
  const [day, setDay] = useState('');
  const [ended, setEnded] = useState(false);
  const heldOn = (stake: Stake) => !day || (stake.since <= day && (!stake.until || day < stake.until));
  return (
    <Section
      title={t`Stakes`}
      subtitle={t`What was entered stays; a stake can only be given its last day.`}
      testId="register-stakes"
      actions={
        <Button leftSection={<IconPlus size={16} />} onClick={() => onDialogue({ kind: 'stake' })} data-testid="new-stake">
          <Trans>New stake</Trans>
        </Button>
      }
    >
      <Group mb="sm" gap="md" align="flex-end">
        <TextInput type="date" label={t`Held on`} value={day} onChange={(event) => setDay(event.currentTarget.value)} />
        <Switch label={t`Ended ones too`} checked={ended} disabled={day !== ''} onChange={(event) => setEnded(event.currentTarget.checked)} pb={8} />
      </Group>
      <QueryView query={stakes}>
        {(items) => (
          <StakeTable
            stakes={items.filter((stake) => heldOn(stake) && (day !== '' || ended || !stake.until))}
            nameOf={nameOf}
            actions={(stake) =>
              stake.until ? null : (
                <Button size="xs" variant="default" onClick={() => onDialogue({ kind: 'end', stake })} aria-label={t`End the stake of ${nameOf(stake.owner)} in ${nameOf(stake.held)}`}>
                  <Trans>End…</Trans>
                </Button>
              )
            }
          />
        )}
      </QueryView>
    </Section>
  );
}
