import { useLingui } from '@lingui/react';
import { msg } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { DeskBench } from './DeskBench';
import { Outbox } from './frame/Outbox';
import { Phase } from './frame/Phase';
import { codeNameQuery } from './queries';
import { annotating, type LeaseAct } from './session/annotating';
import type { Lease, Place } from './session/desk-api';
import { useConveyor, type Running } from './session/useConveyor';

/** The annotator's desk of one project. */
export function DeskPage() {
  const { client = '', project = '' } = useParams({ strict: false });
  const place: Place = { client, project };
  const { running, elsewhere, workHere } = useConveyor(place, annotating);
  return running === undefined ? (
    <Phase phase={elsewhere ? 'elsewhere' : 'opening'} error={undefined} messages={null} onAgain={workHere} onWorkHere={workHere} />
  ) : (
    <RunningDesk place={place} running={running} />
  );
}

function RunningDesk({ place, running }: { place: Place; running: Running<Lease, LeaseAct> }) {
  const { i18n } = useLingui();
  const { conveyor, journal } = running;
  const state = useSyncExternalStore(conveyor.subscribe, conveyor.read);
  const codeName = useQuery(codeNameQuery(place)).data;
  const title = codeName || i18n._(msg`Desk`);
  if (state.phase === 'working' && state.current !== undefined) {
    return (
      <DeskBench place={place} title={title} conveyor={conveyor} state={state} held={state.current} durable={journal.durable} />
    );
  }
  return (
    <Phase
      phase={state.phase === 'working' ? 'waiting' : state.phase}
      error={state.error}
      messages={<Outbox conveyor={conveyor} outgoing={state.outgoing} />}
      onAgain={() => void conveyor.lookAgain()}
      onWorkHere={() => undefined}
    />
  );
}
