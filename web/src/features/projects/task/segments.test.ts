import { describe, expect, it } from 'vitest';
import { segments } from './segments';

describe('the stretches of a compared text', () => {
  it('join to the earlier and to the later text', () => {
    const made = segments('a red 🪙 coin', [{ at: 2, from: 'red', to: 'green' }, { at: 6, from: '🪙', to: '' }, { at: 12, from: '', to: '!' }]);
    const join = (...kinds: string[]) => made.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text).join('');
    expect(join('same', 'gone')).toBe('a red 🪙 coin');
    expect(join('same', 'new')).toBe('a green  coin!');
  });

  it('are one without a change', () => {
    expect(segments('as it was', [])).toEqual([{ kind: 'same', text: 'as it was' }]);
  });
});
