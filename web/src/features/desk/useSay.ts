import { msg, plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import { useCallback, useEffect, useState } from 'react';
import { nameIn, type Edit } from '@engines/core';
import type { Piece } from './session/piece';

/** What is said to a screen reader: the last change, in words. `say` adds a message of one's own. */
export function useSay(piece: Piece): { said: string; say: (message: string) => void } {
  const { i18n } = useLingui();
  const [said, setSaid] = useState('');
  useEffect(
    () =>
      piece.log.subscribe(({ entry, edits }) => {
        const count = piece.log.answer.shapes.length;
        const edit = edits.at(-1);
        if (edit === undefined) return;
        const name = (label: string) => {
          const found = piece.ontology.labels.find(({ id }) => id === label);
          return found === undefined ? label : nameIn(i18n.locale, found);
        };
        const what = wordsOf(edit, name);
        if (what === undefined) return;
        setSaid(entry.type === 'undo' ? i18n._(msg`Undone. ${what}`) : entry.type === 'redo' ? i18n._(msg`Redone. ${what}`) : what);

        function wordsOf(one: Edit, nameOf: (label: string) => string): string | undefined {
          switch (one.kind) {
            case 'add': {
              const label = nameOf(one.shape.label);
              return i18n._(msg`${label} added; ${plural(count, { one: '# box', other: '# boxes' })}.`);
            }
            case 'remove': {
              const label = nameOf(one.shape.label);
              return i18n._(msg`${label} deleted; ${plural(count, { one: '# box', other: '# boxes' })}.`);
            }
            case 'move': {
              const { x, y, width, height } = one.to;
              return i18n._(msg`Left ${x}, top ${y}, width ${width}, height ${height}.`);
            }
            case 'relabel': {
              const label = nameOf(one.to.label);
              return i18n._(msg`Label: ${label}.`);
            }
            case 'replace':
              return i18n._(msg`Another state of the work was put in place.`);
            case 'attribute':
            case 'answer':
              return undefined; // The control itself says its state.
          }
        }
      }),
    [piece, i18n],
  );
  return { said, say: useCallback((message: string) => setSaid(message), []) };
}
