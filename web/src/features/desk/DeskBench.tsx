import { msg } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { faultsOf, isComplete } from '@engines/core';
import type { Lease, SkipReason } from '@/api/types';
import { commentOverlay } from './comment-overlay';
import { BenchFrame } from './frame/BenchFrame';
import { LostBanner } from './frame/LostBanner';
import { Outbox } from './frame/Outbox';
import { SkipDialog } from './frame/SkipDialog';
import { SyncBadge } from './frame/SyncBadge';
import { KeyHint } from './panel/KeyHint';
import { PreLabelMark } from './panel/PreLabelMark';
import { ReturnedNotes } from './panel/ReturnedNotes';
import type { LeaseAct } from './session/annotating';
import { useBench, useBenchKeys } from './useBench';
import type { BenchProps } from './Workplace';

const NO_COMMENTS: readonly never[] = [];

/** The desk with a task in the hand. */
export function DeskBench({ place, codeName, conveyor, state, held, durable }: BenchProps<Lease, LeaseAct>) {
  const { i18n } = useLingui();
  const { job: lease, piece } = held;
  const bench = useBench('annotate', place, piece, lease.guidelineVersion);
  const { annotation, keys, canDraw, say } = bench;
  const { ontology } = annotation;
  const [skipping, setSkipping] = useState(false);
  const comments = lease.returned?.comments ?? NO_COMMENTS;
  const overlays = useMemo(() => [commentOverlay(i18n, comments)], [comments, i18n, i18n.locale]);

  const submit = () => {
    const missing = faultsOf(ontology, piece.log.answer);
    if (missing.length > 0) {
      piece.showFaults(missing);
      say(i18n._(msg`Something is missing before this can be submitted.`));
      return;
    }
    const body = { token: lease.token, answer: piece.log.answer, activeSeconds: Math.round(piece.clock.seconds), next: true };
    conveyor.finish({ kind: 'submit', body });
  };
  const skip = (reason: SkipReason, note: string) =>
    conveyor.finish({ kind: 'skip', body: { token: lease.token, reason, ...(note === '' ? {} : { note }) } });

  useBenchKeys(bench, {
    own: (command, chord) => {
      if (command === 'submit') {
        // A bare Enter only sends what is whole and has no boxes: it is too easily hit.
        if (chord === 'Enter' && (canDraw || !isComplete(ontology, piece.log.answer))) return false;
        submit();
        return true;
      }
      if (command !== 'skip') return undefined;
      setSkipping(true);
      return true;
    },
    saveNow: () => void piece.sync.syncNow(),
    active: !skipping,
  });

  return (
    <>
      <BenchFrame
        bench={bench}
        title={codeName ?? i18n._(msg`Desk`)}
        testId="desk"
        task={lease.task.id}
        sent={state.sent}
        status={<SyncBadge sync={piece.sync} durable={durable && !bench.unkept} />}
        messages={
          <>
            <Outbox conveyor={conveyor} outgoing={state.outgoing} />
            {bench.lost ? (
              <LostBanner next={<Trans>Next task</Trans>} onNext={() => conveyor.leaveLost()}>
                <Trans>
                  This task is no longer yours: it was not worked on for too long. Your work is kept here. You can still submit it; the
                  server then keeps it as a draft.
                </Trans>
              </LostBanner>
            ) : null}
          </>
        }
        overlays={overlays}
        before={
          <>
            {lease.returned === undefined ? null : <ReturnedNotes comments={comments} annotation={annotation} />}
            {lease.preLabel === undefined ? null : <PreLabelMark preLabel={lease.preLabel} annotation={annotation} mayClear={lease.returned === undefined} />}
          </>
        }
        actions={
          <>
            <Button variant="default" onClick={() => setSkipping(true)} rightSection={<KeyHint chord={keys.hint('skip')} />} data-testid="skip">
              <Trans>Skip</Trans>
            </Button>
            <span style={{ flex: 1 }} />
            <Button onClick={submit} rightSection={<KeyHint chord={keys.hint('submit')} />} data-testid="submit">
              <Trans>Submit</Trans>
            </Button>
          </>
        }
      />
      <SkipDialog opened={skipping} onClose={() => setSkipping(false)} onSkip={skip} />
    </>
  );
}
