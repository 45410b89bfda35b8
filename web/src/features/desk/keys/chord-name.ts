import type { I18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** A chord as it stands on a key cap, in the reader's language: `Ctrl+Space` → `Ctrl + Espace`. */
export function chordName(i18n: I18n, chord: string): string {
  const names: Readonly<Record<string, string>> = {
    Ctrl: i18n._(msg`Ctrl`),
    Shift: i18n._(msg`Shift`),
    Alt: i18n._(msg`Alt`),
    Enter: i18n._(msg`Enter`),
    Space: i18n._(msg`Space`),
    Escape: i18n._(msg`Esc`),
    Delete: i18n._(msg`Del`),
    Backspace: i18n._(msg`Backspace`),
    Tab: i18n._(msg`Tab`),
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
  };
  // A lone "+" is the key itself, not the sign between keys.
  const parts = chord === '+' ? ['+'] : chord.split(/\+(?!$)/);
  return parts.map((part) => names[part] ?? part).join(' + ');
}
