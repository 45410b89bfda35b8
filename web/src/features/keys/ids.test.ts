import { expect, it } from 'vitest';
import { idsIn } from './ids';

const a = '0193f6c0-0000-7000-8000-00000000000a';
const b = '0193f6c0-0000-7000-8000-00000000000b';

it('finds ids in a list of any form, each once', () => {
  expect(idsIn(`${a}\n${b.toUpperCase()},${a} 0193f6c0-0000`)).toEqual([a, b]);
  expect(idsIn('nothing')).toEqual([]);
});

it("takes from a key service's log what its header says, not the request's own id", () => {
  expect(idsIn(`{"request":{"id":"${b}","headers":{"x-etalon-unwrap":["${a}"]}}}`)).toEqual([a]);
});
