import { msg } from '@lingui/core/macro';
import { Plural, Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import { Alert, Badge, Button, Group, Text } from '@mantine/core';
import { useCallback, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { diff as diffOf, faultsOf } from '@engines/core';
import type { Overlay, Proposal } from '@engines/image';
import { benchCommands } from '@/features/desk/bench-commands';
import { useProposals } from '@/features/desk/DeskBench';
import { placed } from '@/features/desk/faults';
import { ActiveTime, useActivity } from '@/features/desk/frame/ActiveTime';
import { BenchFrame } from '@/features/desk/frame/BenchFrame';
import { GuidelinesDrawer, useGuidelines } from '@/features/desk/frame/GuidelinesDrawer';
import { KeysDialog } from '@/features/desk/frame/KeysDialog';
import { Outbox } from '@/features/desk/frame/Outbox';
import { useKeyRouter, useKeys } from '@/features/desk/keys/useKeys';
import { AnswerPanel } from '@/features/desk/panel/AnswerPanel';
import { KeyHint } from '@/features/desk/panel/KeyHint';
import type { Conveyor, ConveyorState, Held } from '@/features/desk/session/conveyor';
import type { DecisionBody, Place, Review } from '@/features/desk/session/desk-api';
import { Stage } from '@/features/desk/stage/Stage';
import { useAnnotation } from '@/features/desk/useAnnotation';
import { useSay } from '@/features/desk/useSay';
import { commentsOf, CommentsPanel, NOTHING_DRAFTED, type Drafting } from './CommentsPanel';
import { DiffList } from './DiffList';
import { OthersPanel } from './OthersPanel';
import { commentOverlay, diffOverlays, ghostOverlays } from './overlays';

interface Props {
  place: Place;
  title: string;
  conveyor: Conveyor<Review, DecisionBody>;
  state: ConveyorState<Review, DecisionBody>;
  held: Held<Review>;
}

/** Review with a submission in the hand. Mounted anew for each one, so that nothing of the last one stays. */
export function ReviewBench({ place, title, conveyor, state, held }: Props) {
  const { i18n } = useLingui();
  const { job: review, piece } = held;
  const { lost, faults: known } = useSyncExternalStore(piece.subscribe, piece.read);
  const annotation = useAnnotation(piece);
  const { answer, ontology } = annotation;
  const isImage = piece.asset.type.startsWith('image/');
  const hasBoxes = ontology.labels.length > 0;
  const keys = useKeys('review', ontology, { boxes: hasBoxes, picture: isImage });
  const guidelines = useGuidelines(place, review.submission.guidelineVersion);
  const [showingKeys, setShowingKeys] = useState(false);
  const [drafting, setDrafting] = useState<Drafting>(NOTHING_DRAFTED);
  const [marking, setMarking] = useState(false);
  const [shown, setShown] = useState<ReadonlySet<number>>(new Set());
  const commentField = useRef<HTMLTextAreaElement>(null);
  const { said, say } = useSay(piece);
  useActivity(piece);

  const faults = useMemo(() => placed(known, answer), [known, answer]);
  const diff = useMemo(() => diffOf(piece.log.base, answer), [piece, answer]);
  const changed = diff.answers.length + diff.shapes.length > 0;
  const overlays = useMemo<Overlay[]>(() => {
    const pending = drafting.region === undefined ? [] : [{ text: drafting.text, region: drafting.region }];
    const comments = commentOverlay(i18n, [...drafting.comments, ...pending]);
    return [...ghostOverlays(review.others, shown), ...diffOverlays(i18n, diff), comments];
  }, [review, shown, diff, drafting, i18n, i18n.locale]);

  const proposals = useProposals(annotation);
  const { setTool } = annotation;
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
  const onRefused = useCallback(() => say(i18n._(msg`Too small for a box.`)), [say, i18n]);

  const decide = (decision: DecisionBody['decision']) => {
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
  const objection = (decision: DecisionBody['decision']): string | undefined => {
    switch (decision) {
      case 'accept':
        return changed ? i18n._(msg`You changed something: accept with your corrections, or undo them.`) : undefined;
      case 'fix': {
        if (!changed) return i18n._(msg`You changed nothing: accept as it is, or correct it first.`);
        const missing = faultsOf(ontology, piece.log.answer);
        piece.showFaults(missing);
        return missing.length > 0 ? i18n._(msg`Something is missing in the corrected answer.`) : undefined;
      }
      case 'return':
        if (commentsOf(drafting).length > 0) return undefined;
        commentField.current?.focus();
        return i18n._(msg`Write a comment first: the author must know why.`);
    }
  };

  const common = benchCommands({
    annotation,
    readOnly: false,
    saveNow: () => say(i18n._(msg`Your corrections are kept here until you decide.`)),
    toggleGuidelines: guidelines.toggle,
    showKeys: () => setShowingKeys(true),
  });
  useKeyRouter(
    keys.router,
    (command, chord) => {
      if (command === 'accept' || command === 'return') {
        decide(command);
        return true;
      }
      if (command === 'fix') {
        decide(chord === 'Ctrl+Enter' && !changed ? 'accept' : 'fix');
        return true;
      }
      return common(command, chord);
    },
    !showingKeys && !guidelines.opened,
  );

  const annotator = review.submission.annotator;
  return (
    <>
      <BenchFrame
        title={title}
        asset={piece.asset.name}
        testId="review"
        task={review.id}
        annotation={annotation}
        keys={keys}
        said={said}
        onGuidelines={guidelines.toggle}
        onKeys={() => setShowingKeys(true)}
        status={
          <Group gap="sm" wrap="nowrap">
            <Text size="xs" c="dimmed" data-testid="annotator">
              <Trans>Work of {annotator}</Trans>
            </Text>
            <ActiveTime piece={piece} />
            {state.sent === 0 ? null : (
              <Badge color="verdigris" data-testid="sent">
                <Plural value={state.sent} one="# done" other="# done" />
              </Badge>
            )}
          </Group>
        }
        messages={
          <>
            <Outbox conveyor={conveyor} outgoing={state.outgoing} />
            {lost ? <LostBanner onNext={() => conveyor.leaveLost()} /> : null}
            {refusal === undefined ? null : (
              <Alert role="alert" color="brass" variant="light" p="xs" withCloseButton onClose={() => setRefusal(undefined)} data-testid="objection">
                {refusal}
              </Alert>
            )}
          </>
        }
        stage={
          <Stage
            piece={piece}
            annotation={annotation}
            keys={keys}
            faulty={faults.shapes}
            overlays={overlays}
            readOnly={false}
            canDraw={hasBoxes}
            onProposal={onProposal}
            onRefused={onRefused}
          />
        }
        panel={
          <>
            <AnswerPanel piece={piece} annotation={annotation} keys={keys} faults={faults} readOnly={false} />
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
              canMark={isImage}
              marking={marking}
              onMark={() => {
                setMarking(!marking);
                setTool(marking ? 'select' : 'draw');
              }}
            />
          </>
        }
        actions={
          <>
            <Button variant="default" onClick={() => decide('return')} rightSection={<KeyHint chord={keys.hint('return')} />} data-testid="return">
              <Trans>Return</Trans>
            </Button>
            <span style={{ flex: 1 }} />
            <Button
              variant={changed ? 'filled' : 'default'}
              onClick={() => decide('fix')}
              rightSection={<KeyHint chord={keys.hint('fix')} />}
              data-testid="fix"
            >
              <Trans>Accept with my corrections</Trans>
            </Button>
            <Button
              variant={changed ? 'default' : 'filled'}
              onClick={() => decide('accept')}
              rightSection={<KeyHint chord={keys.hint('accept')} />}
              data-testid="accept"
            >
              <Trans>Accept</Trans>
            </Button>
          </>
        }
      />
      <GuidelinesDrawer place={place} version={review.submission.guidelineVersion} opened={guidelines.opened} onClose={guidelines.close} />
      <KeysDialog opened={showingKeys} onClose={() => setShowingKeys(false)} keys={keys} ontology={ontology} />
    </>
  );
}

function LostBanner({ onNext }: { onNext: () => void }) {
  return (
    <Alert role="alert" color="brass" variant="light" p="xs" data-testid="lease-lost">
      <Group justify="space-between">
        <Text size="sm">
          <Trans>This review is no longer yours: it was not worked on for too long.</Trans>
        </Text>
        <Button size="compact-sm" variant="default" onClick={onNext} data-testid="lost-next">
          <Trans>Next submission</Trans>
        </Button>
      </Group>
    </Alert>
  );
}
