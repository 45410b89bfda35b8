import { useLingui } from '@lingui/react';
import { Kbd } from '@mantine/core';
import { chordName } from '../keys/chord-name';

/** The key of something, for the eye; screen readers get `aria-keyshortcuts` where it stands. */
export function KeyHint({ chord }: { chord: string | undefined }) {
  const { i18n } = useLingui();
  return chord === undefined ? null : (
    <Kbd size="xs" aria-hidden="true">
      {chordName(i18n, chord)}
    </Kbd>
  );
}
