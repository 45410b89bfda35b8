import { describe, expect, it } from 'vitest';
import type { Ontology } from '@/api/types';
import { operationsOf, targetsFor } from './relabelling';

const label = (id: string) => ({ id, name: id.toUpperCase(), color: '#000000', tool: 'box' as const });
const ontology: Ontology = { labels: [label('coin'), label('token'), label('ring')], questions: [] };

describe('changes of labels', () => {
  it('are added first, and leave out what changes nothing', () => {
    const operations = operationsOf(ontology, {
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

  it('merge only into labels that stay', () => {
    const plans = { ring: { act: 'retire', name: '', into: '' }, coin: { act: 'rename', name: 'Money', into: '' } } as const;
    expect(targetsFor('token', ontology.labels, { plans, added: [] }).map(({ id }) => id)).toEqual(['coin']);
  });
});
