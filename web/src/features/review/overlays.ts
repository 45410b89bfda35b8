import type { I18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { boxOf, type Diff } from '@engines/core';
import type { Overlay } from '@engines/image';
import type { Submission } from '@/api/types';

/** Layers on the picture in review. Colour is never alone: lines are dashed or not, and every box has a word. */

const ADDED = '#2b8a3e';
const REMOVED = '#c92a2a';
const MOVED = '#868e96';
const OTHERS = ['#7048e8', '#0c8599', '#d6336c', '#5c940d'];

/** The reviewer's own changes: added green, removed red and dashed, moved as a ghost of where it was. */
export function diffOverlays(i18n: I18n, diff: Diff): Overlay[] {
  const boxes = (change: 'added' | 'removed' | 'moved', words: string) =>
    diff.shapes.flatMap((item) => {
      const shape = change === 'added' ? item.to : item.from;
      return item.change === change && shape !== undefined ? [{ box: boxOf(shape), text: words }] : [];
    });
  return [
    { id: 'added', color: ADDED, dashed: false, filled: true, boxes: boxes('added', i18n._(msg`added`)) },
    { id: 'removed', color: REMOVED, dashed: true, filled: false, boxes: boxes('removed', i18n._(msg`removed`)) },
    { id: 'moved', color: MOVED, dashed: true, filled: false, boxes: boxes('moved', i18n._(msg`was here`)) },
  ];
}

/** Other annotators' boxes as ghosts, one colour a person. */
export function ghostOverlays(others: readonly Submission[], shown: ReadonlySet<number>): Overlay[] {
  return others.flatMap((other, index) =>
    shown.has(other.id)
      ? [
          {
            id: `ghost-${other.id}`,
            color: ghostColor(index),
            dashed: true,
            filled: false,
            boxes: other.answer.shapes.map((shape) => ({ box: boxOf(shape), text: other.annotator })),
          },
        ]
      : [],
  );
}

export function ghostColor(index: number): string {
  return OTHERS[index % OTHERS.length] ?? MOVED;
}
