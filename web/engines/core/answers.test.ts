import { describe, expect, it } from 'vitest';
import { ActiveClock } from './activity';
import { diff } from './diff';
import type { Ontology } from './model';
import { aBox } from './testing';
import { faultsOf, isComplete, questionOf, shapeIndexOf } from './validation';

const ontology: Ontology = {
  labels: [
    {
      id: 'coin',
      name: 'Coin',
      color: '#c08a2b',
      tool: 'box',
      attributes: [{ id: 'worn', name: 'Worn', type: 'boolean', required: true }],
    },
  ],
  questions: [
    { id: 'fitness', name: 'Fitness', type: 'choice', required: true, options: [{ id: '1', name: 'Good' }] },
    { id: 'note', name: 'Note', type: 'text' },
    { id: 'age', name: 'Age', type: 'number' },
  ],
};

describe('validation', () => {
  it('points at what is missing, also inside shapes', () => {
    const answer = { answers: {}, shapes: [aBox('s1')] };
    expect(faultsOf(ontology, answer)).toEqual([
      { pointer: '/answers/fitness', code: 'required' },
      { pointer: '/shapes/0/attributes/worn', code: 'required' },
    ]);
  });

  it('takes "no" and zero for answers', () => {
    const answer = { answers: { fitness: '1', age: 0 }, shapes: [{ ...aBox('s1'), attributes: { worn: false } }] };
    expect(isComplete(ontology, answer)).toBe(true);
  });

  it('knows unknown options and labels', () => {
    const answer = { answers: { fitness: '9' }, shapes: [aBox('s1', 0, 0, 1, 1, 'gone')] };
    expect(faultsOf(ontology, answer).map((fault) => fault.code)).toEqual(['unknown-option', 'unknown-label']);
  });

  it('reads pointers of the server and its own', () => {
    expect(shapeIndexOf('/answer/shapes/12/width')).toBe(12);
    expect(shapeIndexOf('/shapes/3')).toBe(3);
    expect(shapeIndexOf('/answers/shapes')).toBeUndefined();
    expect(questionOf('/answer/answers/a~1b')).toBe('a/b');
  });
});

describe('a diff', () => {
  it('names what was added, removed, moved and relabelled', () => {
    const before = { answers: { a: '1', b: '2' }, shapes: [aBox('gone'), aBox('moved'), aBox('named'), aBox('same')] };
    const after = {
      answers: { a: '1', b: '3' },
      shapes: [aBox('moved', 4), { ...aBox('named'), label: 'ring' }, aBox('same'), aBox('new')],
    };
    const { answers, shapes } = diff(before, after);
    expect(answers).toEqual([{ question: 'b', from: '2', to: '3' }]);
    expect(shapes.map(({ id, change }) => `${id} ${change}`)).toEqual([
      'gone removed',
      'moved moved',
      'named relabelled',
      'new added',
    ]);
  });
});

describe('the active clock', () => {
  it('counts pauses up to the idle limit, and no hidden time', () => {
    let now = 0;
    const clock = new ActiveClock(() => now, 10, 30_000);
    clock.touch();
    now += 20_000;
    clock.touch();
    now += 300_000; // Idle: only the first 30 s of it count.
    expect(clock.idle).toBe(true);
    clock.touch();
    now += 1_000;
    clock.pause();
    now += 60_000;
    expect(clock.seconds).toBe(10 + 20 + 30 + 1);
  });
});
