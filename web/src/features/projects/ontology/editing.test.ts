import { describe, expect, it } from 'vitest';
import type { Ontology } from '@/api/types';
import { checkOntology, faultsInOntology, tidied } from './check';
import { edit, idFrom, savedIds, type Edit } from './editing';

const empty: Ontology = { labels: [], questions: [] };
const nothingSaved: ReadonlySet<string> = new Set();
const apply = (start: Ontology, ...edits: Edit[]) => edits.reduce((ontology, action) => edit(ontology, action, nothingSaved), start);

const coins: Ontology = {
  labels: [{ id: 'coin', name: 'Coin', names: { fr: 'Pièce' }, color: '#c08a2b', tool: 'box', attributes: [] }],
  questions: [
    {
      id: 'fitness',
      name: 'Fitness',
      type: 'choice',
      required: true,
      options: [
        { id: '1', name: 'Good' },
        { id: '2', name: 'Bad' },
      ],
    },
  ],
};

describe('the ontology editor', () => {
  it('lets the id of a new thing follow its name until the id is typed', () => {
    const named = apply(empty, { type: 'label/add' }, { type: 'label/change', label: 0, change: { name: "Pièce d'or" } });
    expect(named.labels[0]?.id).toBe('piece_d_or');
    const typed = apply(named, { type: 'label/change', label: 0, change: { id: 'gold' } }, { type: 'label/change', label: 0, change: { name: 'Gold coin' } });
    expect(typed.labels[0]).toMatchObject({ id: 'gold', name: 'Gold coin' });
  });

  it('never moves a saved id, whatever the name or the edit says', () => {
    const saved = savedIds(coins);
    const renamed = edit(coins, { type: 'label/change', label: 0, change: { name: 'Medal', id: 'medal' } }, saved);
    expect(renamed.labels[0]).toMatchObject({ id: 'coin', name: 'Medal' });
    const option = edit(coins, { type: 'option/change', list: 'questions', question: 0, option: 1, change: { name: 'Worn' } }, saved);
    expect(option.questions[0]?.options?.[1]).toEqual({ id: '2', name: 'Worn' });
  });

  it('gives two things of one name two ids', () => {
    const twice = apply(coins, { type: 'label/add' }, { type: 'label/change', label: 1, change: { name: 'Coin' } });
    expect(twice.labels.map((label) => label.id)).toEqual(['coin', 'coin_2']);
    const option = (n: number, name: string): Edit => ({ type: 'option/change', list: 'questions', question: 0, option: n, change: { name } });
    const options = apply(empty, { type: 'question/add', list: 'questions' }, option(0, 'Yes'), option(1, 'No'));
    expect(options.questions[0]?.options?.map((o) => o.id)).toEqual(['yes', 'no']);
    expect(idFrom('日本', ['item'])).toBe('item_2');
  });

  it('moves within the list and stays put at its ends', () => {
    const list = 'questions' as const;
    const swapped = apply(coins, { type: 'option/move', list, question: 0, option: 0, by: 1 });
    expect(swapped.questions[0]?.options?.map((o) => o.id)).toEqual(['2', '1']);
    expect(apply(coins, { type: 'option/move', list, question: 0, option: 0, by: -1 })).toEqual(coins);
  });

  it('drops the options with the type that had them, and brings two when one is chosen', () => {
    const text = apply(coins, { type: 'question/change', list: 'questions', question: 0, change: { type: 'text' } });
    expect(text.questions[0]).not.toHaveProperty('options');
    const choice = apply(text, { type: 'question/change', list: 'questions', question: 0, change: { type: 'multi_choice' } });
    expect(choice.questions[0]?.options).toHaveLength(2);
  });

  it('edits the attributes of one label only', () => {
    const two = apply(coins, { type: 'label/add' }, { type: 'question/add', list: { label: 1 } });
    expect(two.labels.map((label) => label.attributes?.length)).toEqual([0, 1]);
    expect(two.questions).toBe(coins.questions);
  });

  it('gives each new label a colour of its own while the palette lasts', () => {
    const many = apply(empty, ...Array.from({ length: 10 }, (): Edit => ({ type: 'label/add' })));
    expect(new Set(many.labels.map((label) => label.color)).size).toBe(10);
  });
});

describe('the check before saving', () => {
  it('finds nothing in a sound ontology', () => {
    expect(checkOntology(coins)).toEqual([]);
  });

  it('points at what is missing, doubled or malformed', () => {
    const broken: Ontology = {
      labels: [
        { id: 'a', name: ' ', color: 'red', tool: 'box' },
        { id: 'a', name: 'A', color: '#112233', tool: 'box' },
      ],
      questions: [{ id: 'q 1', name: 'Q', type: 'choice', options: [{ id: '', name: 'x' }] }],
    };
    expect(checkOntology(broken)).toEqual([
      { pointer: '/labels/0/name', fault: 'name-missing' },
      { pointer: '/labels/1/id', fault: 'id-taken' },
      { pointer: '/labels/0/color', fault: 'color-invalid' },
      { pointer: '/questions/0/id', fault: 'id-invalid' },
      { pointer: '/questions/0/options', fault: 'too-few-options' },
      { pointer: '/questions/0/options/0/id', fault: 'id-missing' },
    ]);
    expect(checkOntology(empty)).toEqual([{ pointer: '', fault: 'nothing-to-answer' }]);
  });

  it('reads the faults of either body at the same place', () => {
    const faults = faultsInOntology([
      { pointer: '/ontology/labels/0/id', message: 'taken' },
      { pointer: '/questions/1', message: 'odd' },
    ]);
    expect([...faults]).toEqual([
      ['/labels/0/id', 'taken'],
      ['/questions/1', 'odd'],
    ]);
  });

  it('sends trimmed names and no empty translations', () => {
    const label = { id: 'a', name: ' A ', names: { fr: ' ', de: 'B ' }, color: '#112233', tool: 'box' as const };
    expect(tidied({ labels: [label], questions: [] }).labels[0]).toEqual({ ...label, name: 'A', names: { de: 'B' }, attributes: [] });
  });
});
