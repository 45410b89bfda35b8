import { describe, expect, it } from 'vitest';
import { chordOf, collisionsOf, KeyCollision, KeyRouter, type Command, type KeyPress } from './keys';

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return { key, code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...more };
}

const commands: Command[] = [
  { id: 'submit', scope: 'screen', overControls: true },
  { id: 'undo', scope: 'screen' },
  { id: 'hide', scope: 'screen' },
  { id: 'open', scope: 'screen' },
  { id: 'help', scope: 'screen' },
  { id: 'next', scope: 'canvas' },
];
const map = {
  submit: ['Ctrl+Enter', 'Enter'],
  undo: ['Ctrl+Z'],
  hide: ['H'],
  open: ['F1', 'Space'],
  help: ['?'],
  next: ['Tab'],
};

describe('a chord', () => {
  it.each([
    [press('z', { ctrlKey: true }), 'Ctrl+Z'],
    [press('Z', { ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+Z'],
    [press('z', { metaKey: true }), 'Ctrl+Z'],
    [press('?', { shiftKey: true, code: 'Slash' }), '?'],
    [press('+', { shiftKey: true, code: 'Equal' }), '+'],
    [press(' ', { ctrlKey: true, code: 'Space' }), 'Ctrl+Space'],
    [press('&', { code: 'Digit1' }), '1'],
    [press('3', { code: 'Numpad3' }), '3'],
    [press('ArrowLeft', { altKey: true, shiftKey: true }), 'Alt+Shift+ArrowLeft'],
    [press('Shift', { shiftKey: true }), undefined],
  ])('of %o is %s', (keyPress, chord) => {
    expect(chordOf(keyPress)).toBe(chord);
  });
});

describe('the key router', () => {
  const router = new KeyRouter(commands, map);
  const route = (key: KeyPress, focus: Parameters<KeyRouter['route']>[1]) => router.route(key, focus)?.id;

  it('silences single keys while text is typed, and keeps chords with Ctrl and function keys', () => {
    expect(route(press('h'), 'page')).toBe('hide');
    expect(route(press('h'), 'text')).toBeUndefined();
    expect(route(press('Enter'), 'text')).toBeUndefined();
    expect(route(press('Enter', { ctrlKey: true }), 'text')).toBe('submit');
    expect(route(press('F1'), 'text')).toBe('open');
  });

  it("leaves a text field its own undo", () => {
    expect(route(press('z', { ctrlKey: true }), 'text')).toBeUndefined();
    expect(route(press('z', { ctrlKey: true }), 'page')).toBe('undo');
  });

  it('lets a focused button be pressed, unless the command stands above controls', () => {
    expect(route(press(' ', { code: 'Space' }), 'control')).toBeUndefined();
    expect(route(press('Enter'), 'control')).toBe('submit');
    expect(route(press('h'), 'control')).toBe('hide');
  });

  it('takes Tab only on the canvas, so that nobody is trapped elsewhere', () => {
    expect(route(press('Tab'), 'canvas')).toBe('next');
    expect(route(press('Tab'), 'page')).toBeUndefined();
  });

  it('can be without single keys (WCAG 2.1.4)', () => {
    const quiet = new KeyRouter(commands, map, false);
    expect(quiet.route(press('h'), 'page')).toBeUndefined();
    expect(quiet.route(press('?'), 'page')).toBeUndefined();
    expect(quiet.route(press('F1'), 'page')?.id).toBe('open');
  });

  it('refuses two commands on one chord of one scope', () => {
    const colliding = { ...map, hide: ['Ctrl+Z'] };
    expect(collisionsOf(commands, colliding)).toEqual([{ chord: 'Ctrl+Z', commands: ['undo', 'hide'] }]);
    expect(() => new KeyRouter(commands, colliding)).toThrow(KeyCollision);
  });

  it('lets the canvas have a chord of the screen for itself', () => {
    const both = new KeyRouter(commands, { ...map, next: ['H'] });
    expect(both.route(press('h'), 'canvas')?.id).toBe('next');
    expect(both.route(press('h'), 'page')?.id).toBe('hide');
  });
});
