import { chordOf, collisionsOf, KeyRouter, type Focus, type KeyMap, type Ontology } from '@engines/core';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { commandsFor, keyMapOf, poolKeys, type DeskCommand, type Screen } from './commands';
import { keyPreferences } from './preferences';

/** The keys that hold on a screen now. */
export interface Keys {
  readonly router: KeyRouter;
  readonly commands: readonly DeskCommand[];
  readonly map: KeyMap;
  /** The first chord of a command or pool key, for a hint; undefined when it has none (or single keys are off). */
  readonly hint: (command: string) => string | undefined;
}

/** The keys of a screen by the person's profile, own keys and the ontology's labels and options. */
export function useKeys(screen: Screen, ontology: Ontology, has: { boxes: boolean; picture: boolean }): Keys {
  const preferences = useSyncExternalStore(keyPreferences.subscribe, keyPreferences.read);
  const { boxes, picture } = has;
  return useMemo(() => {
    const commands = commandsFor(screen, { boxes, picture });
    const known = Object.fromEntries(commands.map(({ id }) => [id, keyMapOf(preferences.profile, screen)[id] ?? []]));
    const owned = { ...known, ...Object.fromEntries(Object.entries(preferences.own).filter(([id]) => id in known)) };
    // Own keys were checked when they were saved; on another screen they may collide, and there the profile's hold.
    const fixed = collisionsOf(commands, owned).length === 0 ? owned : known;
    const pool = poolKeys(ontology, fixed);
    const map = { ...fixed, ...Object.fromEntries(pool.map(({ command, chord }) => [command, [chord]])) };
    const poolCommands = pool.map(({ command }) => ({ id: command, scope: 'screen' as const }));
    const router = new KeyRouter([...commands, ...poolCommands], map, preferences.singleKeys);
    const hint = (command: string) =>
      map[command]?.find((chord) => preferences.singleKeys || chord.includes('Ctrl') || /^F\d/.test(chord));
    return { router, commands, map, hint };
  }, [screen, boxes, picture, ontology, preferences]);
}

/** Runs a command; false leaves the key to the browser. */
export type RunCommand = (command: string, chord: string) => boolean;

/** Sends every key press of the page through the router, while `active` and no dialog is open. */
export function useKeyRouter(router: KeyRouter, run: RunCommand, active: boolean): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!active) return;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const command = router.route(event, focusOf(event.target));
      const chord = chordOf(event);
      if (command !== undefined && chord !== undefined && latest.current(command.id, chord)) {
        event.preventDefault();
      }
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [router, active]);
}

/** What the focus means for keys. Options of a question leave Enter to the screen: Space picks them. */
function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof HTMLElement)) return 'page';
  if (target.closest('[data-canvas]')) return 'canvas';
  if (target.isContentEditable || target.matches('textarea, select')) return 'text';
  if (target instanceof HTMLInputElement) {
    return ['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type) ? 'control' : 'text';
  }
  if (target.closest('[data-option]')) return 'page';
  return target.closest('button, a[href], summary, [role=button], [role=tab], [role=menuitem]') ? 'control' : 'page';
}
