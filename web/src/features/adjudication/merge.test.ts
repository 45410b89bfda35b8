import { describe, expect, it } from 'vitest';
import type { Ontology, Shape } from '@engines/core';
import { begin, boxKey, isDisputed, merged, missingIn, takeAll, toggleBox, type Side } from './merge';

const ontology: Ontology = {
  labels: [{ id: 'coin', name: 'Coin', color: '#000000', tool: 'box' }],
  questions: [
    { id: 'sharp', name: 'Sharp?', type: 'boolean', required: true },
    { id: 'side', name: 'Side', type: 'choice', required: true, options: [{ id: 'head', name: 'Head' }, { id: 'tail', name: 'Tail' }] },
  ],
};
const box = (id: string, x: number): Shape => ({ id, label: 'coin', type: 'box', x, y: 0, width: 10, height: 10, attributes: {} });
const sides: Side[] = [
  { submission: 4, annotator: 'annotator-1', answer: { answers: { sharp: true, side: 'head' }, shapes: [box('a', 0), box('b', 50)] } },
  { submission: 9, annotator: 'annotator-2', answer: { answers: { sharp: true, side: 'tail' }, shapes: [box('a', 1)] } },
];

describe('laying answers side by side', () => {
  it('takes over what all say, and leaves the rest to decide', () => {
    const merging = begin(ontology, sides);
    expect(merging).toEqual({ picks: { sharp: 4 }, own: {}, boxes: [] });
    expect([isDisputed(sides, 'sharp'), isDisputed(sides, 'side')]).toEqual([false, true]);
    expect(missingIn(ontology, sides, merging).map(({ pointer }) => pointer)).toEqual(['/answers/side']);
  });

  it('counts a question that one left open as disputed', () => {
    expect(isDisputed([...sides, { submission: 11, annotator: 'annotator-3', answer: { answers: {}, shapes: [] } }], 'sharp')).toBe(true);
  });

  it('tells equal ids of two people apart, and says where each part came from', () => {
    const whole = takeAll({ ...sides[0]! });
    const { answer, origins } = merged(sides, toggleBox(whole, boxKey(9, 'a')));
    expect(answer.answers).toEqual({ sharp: true, side: 'head' });
    expect(answer.shapes.map(({ id, x }) => [id, x])).toEqual([['a', 0], ['b', 50], ['a-9', 1]]);
    expect(origins).toEqual([
      { question: 'sharp', submission: 4 },
      { question: 'side', submission: 4 },
      { shape: 'a', submission: 4 },
      { shape: 'b', submission: 4 },
      { shape: 'a-9', submission: 9, from: 'a' },
    ]);
  });

  it('gives a part of one\'s own no origin', () => {
    const { answer, origins } = merged(sides, { picks: { sharp: 'own', side: 9 }, own: { sharp: false }, boxes: [] });
    expect(answer.answers).toEqual({ sharp: false, side: 'tail' });
    expect(origins).toEqual([{ question: 'side', submission: 9 }]);
  });
});
