import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reasonOf } from './reason-forms';

describe('the reasons of the router', () => {
  it('are read with their figures', () => {
    expect(reasonOf('Calder is the cheapest per correct annotation with probability 0.250: 0.0900 an annotation, right on 74.8 % (68.1 to 80.0).')).toEqual({
      kind: 'cheapest',
      name: 'Calder',
      probability: 0.25,
      price: 0.09,
      right: { value: 74.8, low: 68.1, high: 80 },
    });
    expect(reasonOf('In-house is the cheapest that reaches 80.0 %: no price, not measured yet.')).toEqual({ kind: 'reaches', name: 'In-house', percent: 80 });
    expect(reasonOf('Nobody is known to reach 95.0 %; A, B comes nearest (not measured yet).')).toEqual({ kind: 'nearest', name: 'A, B', percent: 95 });
    expect(reasonOf('Foundry takes nothing: A wall keeps your workforce out: others have an interest of more than 20 % in it. Rule 01a2.')).toEqual({ kind: 'walled', name: 'Foundry' });
    expect(reasonOf('Foundry takes nothing: its vendor was drained.')).toEqual({ kind: 'closed', name: 'Foundry', why: 'its vendor was drained.' });
    expect(reasonOf('The budget pays 0.0500 an annotation and the cheapest shares cost 0.0700: it will not last.')).toEqual({ kind: 'falls-short', each: 0.05, needed: 0.07 });
    expect(reasonOf('Something new.')).toBeUndefined();
  });

  it('are all that the router gives', () => {
    const source = readFileSync('../server/src/main/java/io/etalon/server/vendor/score/Router.java', 'utf8');
    const sentences = [...source.matchAll(/"([A-Z%][^"\n]* [^"\n]*\.)"/g)].map(([, sentence = '']) =>
      sentence.replaceAll('%%', '%').replace('(%s).', '(not measured yet).').replace(/%s, %s\.$/, 'no price, not measured yet.').replaceAll('%s', 'Calder').replace(/%\.\d+f/g, '1.0'),
    );
    expect(sentences.length).toBeGreaterThanOrEqual(9);
    expect(sentences.filter((sentence) => reasonOf(sentence) === undefined)).toEqual([]);
  });
});
