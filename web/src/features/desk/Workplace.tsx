import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useSyncExternalStore, type ReactNode } from 'react';
import { AbsenceNote } from './frame/AbsenceNote';
import { Outbox, type NamedJob } from './frame/Outbox';
import { Phase } from './frame/Phase';
import { codeNameQuery } from './queries';
import type { Surroundings } from './session/annotating';
import type { Conveyor, ConveyorState, Held, Line } from './session/conveyor';
import type { Place } from './session/desk-api';
import { useConveyor, type Running } from './session/useConveyor';

/** What a bench is given: the job in the hand and the conveyor that it came on. */
export interface BenchProps<Job extends NamedJob, Act> {
  place: Place;
  /** The project's code name, once it is known. */
  codeName: string | undefined;
  conveyor: Conveyor<Job, Act>;
  state: ConveyorState<Job, Act>;
  held: Held<Job>;
  /** Whether edits outlive the page. */
  durable: boolean;
}

interface Props<Job extends NamedJob, Act> {
  lineOf: (place: Place, surroundings: Surroundings) => Line<Job, Act>;
  /** What to say where nothing comes, beside that nothing does. */
  why?: (place: Place) => ReactNode;
  children: (bench: BenchProps<Job, Act>) => ReactNode;
}

/** A project's desk or review: the bench while a job is in the hand, else what there is to say. */
export function Workplace<Job extends NamedJob, Act>({ lineOf, why, children }: Props<Job, Act>) {
  const { client = '', project = '' } = useParams({ strict: false });
  const place: Place = { client, project };
  const { running, elsewhere, workHere } = useConveyor(place, lineOf);
  return running === undefined ? (
    <Phase phase={elsewhere ? 'elsewhere' : 'opening'} error={undefined} messages={null} onAgain={workHere} onWorkHere={workHere} />
  ) : (
    <AtWork place={place} running={running} why={why}>
      {children}
    </AtWork>
  );
}

interface AtWorkProps<Job extends NamedJob, Act> extends Pick<Props<Job, Act>, 'children'> {
  why: Props<Job, Act>['why'] | undefined;
  place: Place;
  running: Running<Job, Act>;
}

function AtWork<Job extends NamedJob, Act>({ place, running: { conveyor, journal }, why, children }: AtWorkProps<Job, Act>) {
  const state = useSyncExternalStore(conveyor.subscribe, conveyor.read);
  const codeName = useQuery(codeNameQuery(place)).data || undefined;
  if (state.phase === 'working' && state.current !== undefined) {
    return (
      <>
        {children({ place, codeName, conveyor, state, held: state.current, durable: journal.durable })}
        <AbsenceNote absence={state.absence} onNoticed={() => conveyor.noticed()} />
      </>
    );
  }
  return (
    <Phase
      phase={state.phase === 'working' ? 'waiting' : state.phase}
      error={state.error}
      messages={<Outbox conveyor={conveyor} outgoing={state.outgoing} />}
      why={state.phase === 'empty' ? why?.(place) : null}
      onAgain={() => void conveyor.lookAgain()}
      onWorkHere={() => undefined}
    />
  );
}
