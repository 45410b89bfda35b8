import { msg } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import { Alert, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { diff as diffOf, faultsOf } from '@engines/core';
import type { Overlay, Proposal } from '@engines/image';
import type { DecisionRequest, Review } from '@/api/types';
import { commentOverlay } from '@/features/desk/comment-overlay';
import { BenchFrame } from '@/features/desk/frame/BenchFrame';
import { LostBanner } from '@/features/desk/frame/LostBanner';
import { Outbox } from '@/features/desk/frame/Outbox';
import { useBench, useBenchKeys } from '@/features/desk/useBench';
import type { BenchProps } from '@/features/desk/Workplace';
import { workflowQuery } from '@/features/workflow/queries';
import { commentsOf, CommentsPanel, NOTHING_DRAFTED, type Drafting } from './CommentsPanel';
import { DecisionButtons } from './DecisionButtons';
import { allowedAt, meant, needsWords, type DecisionName } from './decisions';
import { DiffList } from './DiffList';
import { EarlierDecisions } from './EarlierDecisions';
import { OthersPanel } from './OthersPanel';
import { diffOverlays, ghostOverlays } from './overlays';

/** Review with a submission in the hand. Mounted anew for each one, so that nothing of the last one stays. */
export function ReviewBench({ place, codeName, conveyor, state, held }: BenchProps<Review, DecisionRequest>) {
  const { i18n } = useLingui();
  const { job: review, piece } = held;
  const bench = useBench('review', place, piece, review.submission.guidelineVersion);
  const { annotation, keys, say } = bench;
  const { answer, ontology, setTool } = annotation;
  const [drafting, setDrafting] = useState<Drafting>(NOTHING_DRAFTED);
  const [marking, setMarking] = useState(false);
  const [shown, setShown] = useState<ReadonlySet<number>>(new Set());
  const commentField = useRef<HTMLTextAreaElement>(null);
  const diff = useMemo(() => diffOf(piece.log.base, answer), [piece, answer]);
  const changed = diff.answers.length + diff.shapes.length > 0;
  const overlays = useMemo<Overlay[]>(() => {
    const pending = drafting.region === undefined ? [] : [{ text: drafting.text, region: drafting.region }];
    const comments = commentOverlay(i18n, [...drafting.comments, ...pending]);
    return [...ghostOverlays(review.others, shown), ...diffOverlays(i18n, diff), comments];
  }, [review, shown, diff, drafting, i18n, i18n.locale]);

  const { onProposal: proposals } = bench;
  const onProposal = useCallback(
    (proposal: Proposal) => {
      if (proposal.type === 'draw' && marking) {
        setDrafting((before) => ({ ...before, region: proposal.box }));
        setMarking(false);
        setTool('select');
        commentField.current?.focus();
      } else {
        proposals(proposal);
      }
    },
    [marking, proposals, setTool],
  );

  const stages = useQuery(workflowQuery(place.client, place.project)).data?.stages.filter(({ kind }) => kind !== 'adjudicate').length;
  const allowed = allowedAt(review.at, review.at === undefined || stages === undefined || review.at.stage >= stages);
  const decide = (decision: DecisionName) => {
    const comments = commentsOf(drafting);
    const problem = objection(decision);
    if (problem !== undefined) {
      say(problem);
      setRefusal(problem);
      return;
    }
    const fixed = decision === 'fix' ? { answer: piece.log.answer } : {};
    conveyor.finish({ token: review.token, decision, comments, next: true, ...fixed });
  };
  const [refusal, setRefusal] = useState<string>();
  const objection = (decision: DecisionName): string | undefined => {
    if (needsWords(decision) && commentsOf(drafting).length === 0) {
      commentField.current?.focus();
      return i18n._(msg`Write a comment first: the author must know why.`);
    }
    if (decision === 'accept' && changed) return i18n._(msg`You changed something: accept with your corrections, or undo them.`);
    if (decision !== 'fix') return undefined;
    if (!changed) return i18n._(msg`You changed nothing: accept as it is, or correct it first.`);
    const missing = faultsOf(ontology, piece.log.answer);
    piece.showFaults(missing);
    return missing.length > 0 ? i18n._(msg`Something is missing in the corrected answer.`) : undefined;
  };

  useBenchKeys(bench, {
    own: (command, chord) => {
      if (command !== 'accept' && command !== 'return' && command !== 'fix') return undefined;
      const decision = meant(command === 'fix' && chord === 'Ctrl+Enter' && !changed ? 'accept' : command, allowed);
      if (decision !== undefined) decide(decision);
      return true;
    },
    saveNow: () => say(i18n._(msg`Your corrections are kept here until you decide.`)),
  });

  const annotator = review.submission.annotator;
  return (
    <BenchFrame
      bench={bench}
      title={codeName === undefined ? i18n._(msg`Review`) : `${i18n._(msg`Review`)} · ${codeName}`}
      testId="review"
      task={review.id}
      sent={state.sent}
      status={
        <Text size="xs" c="dimmed" data-testid="annotator">
          <Trans>Work of {annotator}</Trans>
          {review.at?.name === undefined ? null : ` · ${review.at.name}`}
        </Text>
      }
      messages={
        <>
          <Outbox conveyor={conveyor} outgoing={state.outgoing} />
          {bench.lost ? (
            <LostBanner next={<Trans>Next submission</Trans>} onNext={() => conveyor.leaveLost()}>
              <Trans>This review is no longer yours: it was not worked on for too long.</Trans>
            </LostBanner>
          ) : null}
          {refusal === undefined ? null : (
            <Alert role="alert" color="brass" variant="light" p="xs" withCloseButton onClose={() => setRefusal(undefined)} data-testid="objection">
              {refusal}
            </Alert>
          )}
        </>
      }
      overlays={overlays}
      onProposal={onProposal}
      before={<EarlierDecisions review={review} />}
      after={
        <>
          <DiffList diff={diff} ontology={ontology} />
          <OthersPanel
            others={review.others}
            ontology={ontology}
            shown={shown}
            onToggle={(id) => setShown((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])))}
          />
          <CommentsPanel
            drafting={drafting}
            onChange={(next) => {
              setDrafting(next);
              setRefusal(undefined);
            }}
            field={commentField}
            canMark={bench.isImage}
            marking={marking}
            onMark={() => {
              setMarking(!marking);
              setTool(marking ? 'select' : 'draw');
            }}
          />
        </>
      }
      actions={<DecisionButtons allowed={allowed} changed={changed} keys={keys} decide={decide} />}
    />
  );
}
