import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import type { Proposal } from '@engines/image';
import { benchCommands } from './bench-commands';
import { placed } from './faults';
import { useActivity } from './frame/ActiveTime';
import { useGuidelines } from './frame/GuidelinesDrawer';
import type { Screen } from './keys/commands';
import { useKeyRouter, useKeys } from './keys/useKeys';
import type { Place } from './session/desk-api';
import type { Piece } from './session/piece';
import { useAnnotation } from './useAnnotation';
import { useSay } from './useSay';

/** What the desk and review do with the piece in the hand: its annotation, keys, faults, instructions, what is said. */
export function useBench(screen: Screen, place: Place, piece: Piece, guidelineVersion: number) {
  const { i18n } = useLingui();
  const { lost, unkept, faults: known } = useSyncExternalStore(piece.subscribe, piece.read);
  const annotation = useAnnotation(piece);
  const { answer, ontology, add, place: put } = annotation;
  const isImage = piece.asset.type.startsWith('image/');
  const canDraw = ontology.labels.length > 0;
  const keys = useKeys(screen, ontology, { boxes: canDraw, picture: isImage });
  const guidelines = useGuidelines(place, guidelineVersion);
  const [showingKeys, setShowingKeys] = useState(false);
  const { said, say } = useSay(piece);
  useActivity(piece);
  const faults = useMemo(() => placed(known, answer), [known, answer]);
  const onRefused = useCallback(() => say(i18n._(msg`Too small for a box.`)), [say, i18n]);
  /** What the engine proposes becomes operations. */
  const onProposal = useCallback(
    (proposal: Proposal) => {
      switch (proposal.type) {
        case 'draw':
          add(proposal.box);
          break;
        case 'move':
          put(proposal.id, proposal.to);
          break;
      }
    },
    [add, put],
  );
  return {
    place,
    piece,
    guidelineVersion,
    annotation,
    keys,
    faults,
    guidelines,
    showingKeys,
    setShowingKeys,
    said,
    say,
    lost,
    unkept,
    isImage,
    canDraw,
    onProposal,
    onRefused,
  };
}

export type Bench = ReturnType<typeof useBench>;

interface Commands {
  /** A screen's own commands; undefined for what is common. */
  own: (command: string, chord: string) => boolean | undefined;
  saveNow: () => void;
  /** False while a dialog of the screen itself is open. */
  active?: boolean;
}

/** Routes key presses to a screen's own commands and to the common ones. */
export function useBenchKeys(bench: Bench, { own, saveNow, active = true }: Commands): void {
  const { annotation, guidelines, keys, showingKeys, setShowingKeys } = bench;
  const common = benchCommands({
    annotation,
    readOnly: false,
    saveNow,
    toggleGuidelines: guidelines.toggle,
    showKeys: () => setShowingKeys(true),
  });
  useKeyRouter(keys.router, (command, chord) => own(command, chord) ?? common(command, chord), active && !showingKeys && !guidelines.opened);
}
