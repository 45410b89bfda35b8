import { describe, expect, it } from 'vitest';
import { collisionsOf, type Ontology } from '@engines/core';
import { commandsFor, keyMapOf, poolKeys, type ProfileName, type Screen } from './commands';

const screens: Screen[] = ['annotate', 'review'];
const profiles: ProfileName[] = ['label-studio', 'cvat'];
const both = screens.flatMap((screen) => profiles.map((profile) => [screen, profile] as const));

const ontology: Ontology = {
  labels: Array.from({ length: 12 }, (_, i) => ({ id: `l${i}`, name: `L${i}`, color: '#000000', tool: 'box' })),
  questions: [{ id: 'ok', name: 'Ok', type: 'boolean' }],
};

describe.each(both)('the keys of %s in the profile %s', (screen, profile) => {
  const commands = commandsFor(screen, { boxes: true, picture: true });
  const map = keyMapOf(profile, screen);

  it('do not collide', () => {
    const known = Object.fromEntries(commands.map(({ id }) => [id, map[id] ?? []]));
    expect(collisionsOf(commands, known)).toEqual([]);
  });

  it('reach every command', () => {
    expect(commands.filter(({ id }) => (map[id] ?? []).length === 0)).toEqual([]);
  });

  it('leave digits to labels first, then letters that no command has', () => {
    const pool = poolKeys(ontology, map);
    const chords = pool.map(({ chord }) => chord);
    expect(chords.slice(0, 9)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(new Set(chords).size).toBe(chords.length);
    expect(chords.filter((chord) => Object.values(map).flat().includes(chord))).toEqual([]);
    expect(pool.at(-1)?.command).toBe('option:ok:false');
  });
});
