/**
 * Chords, key maps and the one place that decides what a key press means.
 *
 * A chord is written `Ctrl+Shift+Z`: modifiers in the order Ctrl, Alt, Shift, then the key. Letters are
 * what the key writes on this keyboard; digits are the keys of the digit row even where they need Shift
 * (French AZERTY); signs such as `?` and `+` are what is written, whatever it takes to write them.
 * On a Mac the Command key counts as Ctrl.
 */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

/** Where a command listens. A command of `canvas` beats one of `screen`; both may share a chord. */
export type Scope = 'screen' | 'canvas';

export interface Command {
  readonly id: string;
  readonly scope: Scope;
  /** True: also when a button or option has the focus, for Enter and Space, which would press it. */
  readonly overControls?: boolean;
}

/** What has the focus: text is being typed, a control uses Enter/Space/arrows itself, the canvas, or nothing special. */
export type Focus = 'text' | 'control' | 'canvas' | 'page';

export type KeyMap = Readonly<Record<string, readonly string[]>>;

/** Two commands of one scope on one chord. */
export interface Collision {
  readonly chord: string;
  readonly commands: readonly string[];
}

const SIGNS = /^[^\p{L}\p{N}\s]$/u;
const OF_CONTROLS = new Set(['Enter', 'Space', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Tab', 'Home', 'End']);

/** The chord of a key press, or undefined while only modifiers are held. */
export function chordOf(press: KeyPress): string | undefined {
  if (['Control', 'Alt', 'Shift', 'Meta', 'AltGraph', 'Dead'].includes(press.key)) {
    return undefined;
  }
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(press.code)?.[1];
  const sign = digit === undefined && SIGNS.test(press.key);
  const key = digit ?? (press.key === ' ' ? 'Space' : press.key.length === 1 ? press.key.toUpperCase() : press.key);
  const modifiers = [
    press.ctrlKey || press.metaKey ? 'Ctrl' : undefined,
    press.altKey ? 'Alt' : undefined,
    press.shiftKey && !sign ? 'Shift' : undefined,
  ];
  return [...modifiers.filter((modifier) => modifier !== undefined), key].join('+');
}

/** Every chord that two commands of one scope claim. Empty means the map can be used. */
export function collisionsOf(commands: readonly Command[], map: KeyMap): Collision[] {
  const claims = new Map<string, string[]>();
  for (const command of commands) {
    for (const chord of map[command.id] ?? []) {
      const place = `${command.scope} ${chord}`;
      claims.set(place, [...(claims.get(place) ?? []), command.id]);
    }
  }
  return [...claims]
    .filter(([, ids]) => ids.length > 1)
    .map(([place, ids]) => ({ chord: place.slice(place.indexOf(' ') + 1), commands: ids }));
}

/** A map with a collision was given to a router. */
export class KeyCollision extends Error {
  readonly collisions: readonly Collision[];

  constructor(collisions: readonly Collision[]) {
    super(`Two commands on one key: ${collisions.map((c) => `${c.chord} (${c.commands.join(', ')})`).join('; ')}`);
    this.name = 'KeyCollision';
    this.collisions = collisions;
  }
}

/** A chord that writes text or moves inside a text field when pressed there. */
function isTyping(chord: string): boolean {
  return !chord.startsWith('Ctrl+') && !/^(?:Alt\+)?(?:Shift\+)?F\d+$/.test(chord) && chord !== 'Escape';
}

/** Chords of the text field itself, which it must keep: its own undo would otherwise take back another thing. */
const OF_TEXT = new Set(['Ctrl+Z', 'Ctrl+Shift+Z', 'Ctrl+Y', 'Ctrl+A', 'Ctrl+C', 'Ctrl+V', 'Ctrl+X']);

/** Chooses the command for a key press. Pure: whoever calls it runs the command. */
export class KeyRouter {
  readonly #byChord = new Map<string, Command>();
  readonly #map: KeyMap;
  /** WCAG 2.1.4: a person may switch single-character keys off. */
  readonly #singleKeys: boolean;

  /** @throws KeyCollision when two commands of one scope share a chord */
  constructor(commands: readonly Command[], map: KeyMap, singleKeys = true) {
    const collisions = collisionsOf(commands, map);
    if (collisions.length > 0) {
      throw new KeyCollision(collisions);
    }
    for (const command of commands) {
      for (const chord of map[command.id] ?? []) {
        this.#byChord.set(`${command.scope} ${chord}`, command);
      }
    }
    this.#map = map;
    this.#singleKeys = singleKeys;
  }

  /** The chords of a command, the first one first; empty when it has none. */
  chordsOf(command: string): readonly string[] {
    return this.#map[command] ?? [];
  }

  /** The command that the press means where the focus is, or undefined to leave it to the browser. */
  route(press: KeyPress, focus: Focus): Command | undefined {
    const chord = chordOf(press);
    if (chord === undefined) {
      return undefined;
    }
    if (focus === 'text' && (isTyping(chord) || OF_TEXT.has(chord))) {
      return undefined;
    }
    if (!this.#singleKeys && /^(?:Shift\+)?\S$/u.test(chord)) {
      return undefined;
    }
    const command =
      (focus === 'canvas' ? this.#byChord.get(`canvas ${chord}`) : undefined) ?? this.#byChord.get(`screen ${chord}`);
    const takenByControl = focus === 'control' && OF_CONTROLS.has(chord) && command?.overControls !== true;
    return takenByControl ? undefined : command;
  }
}
