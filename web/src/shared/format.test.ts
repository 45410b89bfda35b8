import { describe, expect, it } from 'vitest';
import { formatBytes, formatPercent, formatRelative, localName } from './format';
import { slugOf, SLUG } from '@/features/clients/slug';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('formatting', () => {
  it('writes sizes with about three figures, in the language of the page', () => {
    expect([0, 1, 999, 1000, 1_240_000, 99_960_000, 3_412_000_000].map((n) => plain(formatBytes('en', n)))).toEqual([
      '0 bytes', '1 byte', '999 bytes', '1 kB', '1.24 MB', '100 MB', '3.41 GB',
    ]);
    expect(plain(formatBytes('fr', 1_240_000))).toBe('1,24 Mo');
  });

  it('never rounds a size up into a thousand of its unit', () => {
    expect(plain(formatBytes('en', 999_600))).toBe('1 MB');
  });

  it('writes shares and distances in time as each language does', () => {
    expect(plain(formatPercent('fr', 0.934))).toBe('93,4 %');
    expect(formatPercent('en', 0.934, 0)).toBe('93%');
    const now = new Date('2026-11-22T12:00:00Z');
    expect(formatRelative('en', '2026-11-22T09:00:00Z', now)).toBe('3 hours ago');
    expect(formatRelative('fr', '2026-11-24T12:00:00Z', now)).toBe('après-demain');
  });

  it('prefers the name in the language of the page and falls back to the source', () => {
    const coin = { name: 'Coin', names: { fr: 'Pièce', de: '' } };
    expect(['fr', 'en', 'de'].map((locale) => localName(locale, coin))).toEqual(['Pièce', 'Coin', 'Coin']);
  });

  it('makes short names that the server accepts', () => {
    expect(slugOf("Musée d'Orsay")).toBe('musee-d-orsay');
    expect(slugOf('3M Company')).toBe('m-company');
    expect(slugOf('日本')).toBe('');
    for (const name of ['A'.repeat(60), 'x--y--', 'Aero Labs (2)']) expect(slugOf(name)).toMatch(SLUG);
  });
});
