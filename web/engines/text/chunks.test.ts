import { describe, expect, it } from 'vitest';
import { seeded } from '../core/testing';
import { chunksOf } from './chunks';

describe('the chunks of a text', () => {
  it('are the whole text in order, whatever it holds, and never split a character', () => {
    const seed = 42;
    console.info(`seed ${seed}`);
    const random = seeded(seed);
    const letters = ['a', 'é', '𝔸', '👩', ' ', '\n', 'w'];
    for (let round = 0; round < 200; round++) {
      const text = Array.from({ length: Math.floor(random() * 300) }, () => letters[Math.floor(random() * 7)]).join('');
      const parts = chunksOf(text, 20, 40).map(({ start, end }) => text.slice(start, end));
      expect(parts.join('')).toBe(text);
      for (const part of parts) {
        expect(() => encodeURIComponent(part)).not.toThrow(); // It throws on half a pair.
        expect(part.length).toBeLessThanOrEqual(42);
      }
    }
  });

  it('end at line breaks where there are any', () => {
    const text = `${'word '.repeat(10)}\n`.repeat(5);
    const ends = chunksOf(text, 60, 1_000).slice(0, -1).map(({ end }) => text[end - 1]);
    expect(new Set(ends)).toEqual(new Set(['\n']));
  });

  it('of an empty text are none', () => {
    expect(chunksOf('')).toEqual([]);
  });
});
