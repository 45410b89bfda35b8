import { msg } from '@lingui/core/macro';
import { Plural, Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import { Alert, Badge, Button, Group, Text } from '@mantine/core';
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { faultsOf, isComplete } from '@engines/core';
import type { Proposal } from '@engines/image';
import { benchCommands } from './bench-commands';
import { placed } from './faults';
import { ActiveTime, useActivity } from './frame/ActiveTime';
import { BenchFrame } from './frame/BenchFrame';
import { GuidelinesDrawer, useGuidelines } from './frame/GuidelinesDrawer';
import { KeysDialog } from './frame/KeysDialog';
import { Outbox } from './frame/Outbox';
import { SkipDialog } from './frame/SkipDialog';
import { SyncBadge } from './frame/SyncBadge';
import { useKeyRouter, useKeys } from './keys/useKeys';
import { AnswerPanel } from './panel/AnswerPanel';
import { KeyHint } from './panel/KeyHint';
import { ReturnedNotes, useCommentOverlay } from './panel/ReturnedNotes';
import type { LeaseAct } from './session/annotating';
import type { Conveyor, ConveyorState, Held } from './session/conveyor';
import type { Lease, Place, SkipReason } from './session/desk-api';
import { Stage } from './stage/Stage';
import { useAnnotation } from './useAnnotation';
import { useSay } from './useSay';

interface Props {
  place: Place;
  title: string;
  conveyor: Conveyor<Lease, LeaseAct>;
  state: ConveyorState<Lease, LeaseAct>;
  held: Held<Lease>;
  durable: boolean;
}

const NO_COMMENTS: readonly never[] = [];

/** The desk with a task in the hand. */
export function DeskBench({ place, title, conveyor, state, held, durable }: Props) {
  const { i18n } = useLingui();
  const { job: lease, piece } = held;
  const { lost, unkept, faults: known } = useSyncExternalStore(piece.subscribe, piece.read);
  const annotation = useAnnotation(piece);
  const { answer, ontology } = annotation;
  const hasBoxes = ontology.labels.length > 0;
  const keys = useKeys('annotate', ontology, { boxes: hasBoxes, picture: piece.asset.type.startsWith('image/') });
  const guidelines = useGuidelines(place, lease.guidelineVersion);
  const [dialog, setDialog] = useState<'keys' | 'skip'>();
  const { said, say } = useSay(piece);
  useActivity(piece);

  const faults = useMemo(() => placed(known, answer), [known, answer]);
  const comments = lease.returned?.comments ?? NO_COMMENTS;
  const commentOverlay = useCommentOverlay(comments);
  const overlays = useMemo(() => [commentOverlay], [comments, i18n.locale]);
  const onProposal = useProposals(annotation);
  const onRefused = useCallback(() => say(i18n._(msg`Too small for a box.`)), [say, i18n]);

  const act = (leaseAct: LeaseAct) => conveyor.finish(leaseAct);
  const submit = () => {
    const missing = faultsOf(ontology, piece.log.answer);
    if (missing.length > 0) {
      piece.showFaults(missing);
      say(i18n._(msg`Something is missing before this can be submitted.`));
      return;
    }
    const body = { token: lease.token, answer: piece.log.answer, activeSeconds: piece.clock.seconds, next: true };
    act({ kind: 'submit', body });
  };
  const skip = (reason: SkipReason, note: string) =>
    act({ kind: 'skip', body: { token: lease.token, reason, ...(note === '' ? {} : { note }) } });

  const common = benchCommands({
    annotation,
    readOnly: false,
    saveNow: () => void piece.sync.syncNow(),
    toggleGuidelines: guidelines.toggle,
    showKeys: () => setDialog('keys'),
  });
  useKeyRouter(
    keys.router,
    (command, chord) => {
      if (command === 'submit') {
        // A bare Enter only sends what is whole and has no boxes: it is too easily hit.
        if (chord === 'Enter' && (hasBoxes || !isComplete(ontology, piece.log.answer))) return false;
        submit();
        return true;
      }
      if (command === 'skip') {
        setDialog('skip');
        return true;
      }
      return common(command, chord);
    },
    dialog === undefined && !guidelines.opened,
  );

  return (
    <>
      <BenchFrame
        title={title}
        asset={piece.asset.name}
        testId="desk"
        task={lease.task.id}
        annotation={annotation}
        keys={keys}
        said={said}
        onGuidelines={guidelines.toggle}
        onKeys={() => setDialog('keys')}
        status={
          <Group gap="sm" wrap="nowrap">
            <SyncBadge sync={piece.sync} durable={durable && !unkept} />
            <ActiveTime piece={piece} />
            <SentCount sent={state.sent} />
          </Group>
        }
        messages={
          <>
            <Outbox conveyor={conveyor} outgoing={state.outgoing} />
            {lost ? <LostBanner onNext={() => conveyor.leaveLost()} /> : null}
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
            {lease.returned === undefined ? null : <ReturnedNotes comments={comments} annotation={annotation} />}
            <AnswerPanel piece={piece} annotation={annotation} keys={keys} faults={faults} readOnly={false} />
          </>
        }
        actions={
          <>
            <Button variant="default" onClick={() => setDialog('skip')} rightSection={<KeyHint chord={keys.hint('skip')} />} data-testid="skip">
              <Trans>Skip</Trans>
            </Button>
            <span style={{ flex: 1 }} />
            <Button onClick={submit} rightSection={<KeyHint chord={keys.hint('submit')} />} data-testid="submit">
              <Trans>Submit</Trans>
            </Button>
          </>
        }
      />
      <GuidelinesDrawer place={place} version={lease.guidelineVersion} opened={guidelines.opened} onClose={guidelines.close} />
      <KeysDialog opened={dialog === 'keys'} onClose={() => setDialog(undefined)} keys={keys} ontology={ontology} />
      <SkipDialog opened={dialog === 'skip'} onClose={() => setDialog(undefined)} onSkip={skip} />
    </>
  );
}

/** What the engine proposes becomes operations. */
export function useProposals({ add, place }: Pick<ReturnType<typeof useAnnotation>, 'add' | 'place'>) {
  return useCallback(
    (proposal: Proposal) => {
      switch (proposal.type) {
        case 'draw':
          add(proposal.box);
          break;
        case 'move':
          place(proposal.id, proposal.to);
          break;
      }
    },
    [add, place],
  );
}

function SentCount({ sent }: { sent: number }) {
  return sent === 0 ? null : (
    <Badge color="verdigris" data-testid="sent">
      <Plural value={sent} one="# done" other="# done" />
    </Badge>
  );
}

function LostBanner({ onNext }: { onNext: () => void }) {
  return (
    <Alert role="alert" color="brass" variant="light" p="xs" data-testid="lease-lost">
      <Group justify="space-between">
        <Text size="sm">
          <Trans>
            This task is no longer yours: it was not worked on for too long. Your work is kept here. You can still submit it; the server
            then keeps it as a draft.
          </Trans>
        </Text>
        <Button size="compact-sm" variant="default" onClick={onNext} data-testid="lost-next">
          <Trans>Next task</Trans>
        </Button>
      </Group>
    </Alert>
  );
}
