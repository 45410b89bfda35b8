import { useLingui } from '@lingui/react';
import { msg } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { Outbox } from '@/features/desk/frame/Outbox';
import { Phase } from '@/features/desk/frame/Phase';
import { codeNameQuery } from '@/features/desk/queries';
import type { DecisionBody, Place, Review } from '@/features/desk/session/desk-api';
import { useConveyor, type Running } from '@/features/desk/session/useConveyor';
import { ReviewBench } from './ReviewBench';
import { reviewing } from './session/reviewing';

/** The reviewer's desk of one project. */
export function ReviewPage() {
  const { client = '', project = '' } = useParams({ strict: false });
  const place: Place = { client, project };
  const { running, elsewhere, workHere } = useConveyor(place, reviewing);
  return running === undefined ? (
    <Phase phase={elsewhere ? 'elsewhere' : 'opening'} error={undefined} messages={null} onAgain={workHere} onWorkHere={workHere} />
  ) : (
    <RunningReview place={place} running={running} />
  );
}

function RunningReview({ place, running }: { place: Place; running: Running<Review, DecisionBody> }) {
  const { i18n } = useLingui();
  const { conveyor } = running;
  const state = useSyncExternalStore(conveyor.subscribe, conveyor.read);
  const codeName = useQuery(codeNameQuery(place)).data;
  const title = codeName ? `${i18n._(msg`Review`)} · ${codeName}` : i18n._(msg`Review`);
  if (state.phase === 'working' && state.current !== undefined) {
    const { current } = state;
    return <ReviewBench key={current.piece.key} place={place} title={title} conveyor={conveyor} state={state} held={current} />;
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
