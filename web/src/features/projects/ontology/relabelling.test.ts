import { describe, expect, it } from 'vitest';
import type { Ontology } from '@/api/types';
import { operationsOf, targetsFor, UNCHANGED } from './relabelling';

const label = (id: string) => ({ id, name: id.toUpperCase(), color: '#000000', tool: 'box' as const });
const ontology: Ontology = { labels: [label('coin'), label('token'), label('ring')], questions: [] };

describe('changes of labels', () => {
  it('are added first, and leave out what changes nothing', () => {
    const operations = operationsOf(ontology, {
      ...UNCHANGED,
      plans: {
        coin: { act: 'rename', name: ' COIN ', into: '' },
        token: { act: 'merge', name: '', into: 'coin' },
        ring: { act: 'retire', name: '', into: '' },
      },
      added: [{ name: 'Coin', color: '#ff0000' }, { name: '  ', color: '#000000' }],
    });
    expect(operations.map(({ op }) => op)).toEqual(['add', 'merge', 'retire']);
    expect(operations[0]?.label?.['id']).not.toBe('coin');
    expect(operations[1]).toEqual({ op: 'merge', id: 'token', into: 'coin' });
  });

  it('name the question of an option, and leave the options of a retired one alone', () => {
    const question = (id: string) => ({ id, name: id, type: 'choice' as const, required: true, options: ['one', 'two', 'three'].map((option) => ({ id: option, name: option })) });
    const asked: Ontology = { labels: [{ ...label('coin'), attributes: [question('wear')] }], questions: [question('grade'), question('old')] };
    const operations = operationsOf(asked, {
      plans: {
        'questions/grade/options/one': { act: 'merge', name: '', into: 'two' },
        'labels/coin/attributes/wear/options/one': { act: 'retire', name: '', into: '' },
        'questions/old': { act: 'retire', name: '', into: '' },
        'questions/old/options/one': { act: 'retire', name: '', into: '' },
      },
      added: [],
      options: { grade: [' Four ', ''] },
    });
    expect(operations).toEqual([
      { op: 'add', question: 'grade', option: { id: operations[0]?.option?.['id'], name: 'Four' } },
      { op: 'merge', question: 'grade', id: 'one', into: 'two' },
      { op: 'retire', question: 'old' },
      { op: 'retire', question: 'coin/wear', id: 'one' },
    ]);
  });

  it('merge only into labels that stay', () => {
    const plans = { ring: { act: 'retire', name: '', into: '' }, coin: { act: 'rename', name: 'Money', into: '' } } as const;
    expect(targetsFor('token', ontology.labels, { ...UNCHANGED, plans }).map(({ id }) => id)).toEqual(['coin']);
  });
});
