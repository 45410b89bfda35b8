import { Store } from '../session/store';
import type { KeyMap } from '@engines/core';
import type { ProfileName } from './commands';

/** How a person likes the desk's keys; kept in this browser. */
export interface KeyPreferences {
  readonly profile: ProfileName;
  /** WCAG 2.1.4: single-character keys can be switched off. */
  readonly singleKeys: boolean;
  /** The person's own keys, by command. */
  readonly own: KeyMap;
}

const NAME = 'etalon.keys';
const DEFAULTS: KeyPreferences = { profile: 'label-studio', singleKeys: true, own: {} };

class KeyPreferenceStore extends Store<KeyPreferences> {
  constructor() {
    super(read());
  }

  change(change: Partial<KeyPreferences>): void {
    this.set({ ...this.state, ...change });
    localStorage.setItem(NAME, JSON.stringify(this.state));
  }
}

export const keyPreferences = new KeyPreferenceStore();

/** What was kept, as far as it still has the right form. */
function read(): KeyPreferences {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NAME) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return DEFAULTS;
    const { profile, singleKeys, own } = kept as Partial<KeyPreferences>;
    return {
      profile: profile === 'cvat' ? 'cvat' : 'label-studio',
      singleKeys: singleKeys !== false,
      own: Object.fromEntries(
        Object.entries(own ?? {}).filter(([, chords]) => Array.isArray(chords) && chords.every((c) => typeof c === 'string')),
      ),
    };
  } catch {
    return DEFAULTS;
  }
}
