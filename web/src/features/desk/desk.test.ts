import { setupI18n } from '@lingui/core';
import { describe, expect, it } from 'vitest';
import type { Question } from '@engines/core';
import { aBox } from '@engines/core/testing';
import { placed } from './faults';
import { chordName } from './keys/chord-name';
import { picked } from './panel/QuestionField';

const options = [{ id: 'a', name: 'A' }, { id: 'b', name: 'B' }];
const choice: Question = { id: 'q', name: 'Q', type: 'choice', options };
const many: Question = { ...choice, type: 'multi_choice' };

describe('picking an option', () => {
  it('chooses it, and takes it back when picked again where no answer is needed', () => {
    expect(picked(choice, undefined, 'a')).toBe('a');
    expect(picked(choice, 'a', 'a')).toBeNull();
    expect(picked({ ...choice, required: true }, 'a', 'a')).toBe('a');
    expect(picked({ ...choice, type: 'boolean' }, true, 'false')).toBe(false);
  });

  it('keeps several in the order of the ontology', () => {
    expect(picked(many, ['b'], 'a')).toEqual(['a', 'b']);
    expect(picked(many, ['a'], 'a')).toBeNull();
  });
});

describe('faults', () => {
  it('are placed at their shape, question or attribute', () => {
    const answer = { answers: {}, shapes: [aBox('s1'), aBox('s2')] };
    const faults = placed(
      [
        { pointer: '/answer/shapes/1', message: 'whole' },
        { pointer: '/answer/shapes/0/attributes/worn', message: 'attribute' },
        { pointer: '/answer/answers/fitness', message: 'question' },
        { pointer: '', message: 'all' },
      ],
      answer,
    );
    expect([...faults.shapes]).toEqual(['s2', 's1']);
    expect(faults.ofAttribute('s1', 'worn')?.message).toBe('attribute');
    expect(faults.ofQuestion('fitness')?.message).toBe('question');
    expect(faults.others.map(({ message }) => message)).toEqual(['whole', 'all']);
  });
});

describe('the name of a chord', () => {
  const i18n = setupI18n({ locale: 'en', messages: { en: {} } });
  it.each([
    ['Ctrl+Shift+Z', 'Ctrl + Shift + Z'],
    ['+', '+'],
    ['Alt+ArrowLeft', 'Alt + ←'],
  ])('of %s is %s', (chord, name) => {
    expect(chordName(i18n, chord)).toBe(name);
  });
});
