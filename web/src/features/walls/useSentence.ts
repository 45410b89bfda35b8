import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { Wall, WallBody } from '@/api/types';
import { useFormat } from '@/shared/useFormat';
import { usePlaces } from '@/shared/usePlaces';
import { isWallKind, type WallKind } from './rules';

/** A rule as a sentence in the reader's language. */
export function useSentence(): { ofWall: (wall: Wall) => string; ofTerms: (terms: WallBody, names: readonly string[]) => string | null } {
  const { t } = useLingui();
  const format = useFormat();
  const { countryName } = usePlaces();
  const ofTerms = (terms: WallBody, competitors: readonly string[]): string | null => {
    if (!terms.kind || !isWallKind(terms.kind)) return null;
    const names = format.any(competitors);
    switch (terms.kind) {
      case 'owner': {
        const percent = format.percent((terms.percent ?? 0) / 100, 4);
        return t`No workforce of a vendor in which ${names} holds more than ${percent}, directly or through others.`;
      }
      case 'rival': {
        const days = terms.days ?? 0;
        return t`No person who has worked for ${names} in ${plural(days, { one: 'the last day', other: 'the last # days' })}.`;
      }
      case 'country':
        return t`Only people who work in ${format.any((terms.countries ?? []).map(countryName))}.`;
      case 'licence':
        return t`Only people who hold ${format.any(terms.qualifications ?? [])}.`;
      case 'two_persons':
        return t`Nothing leaves before a second person has agreed.`;
    }
  };
  return { ofTerms, ofWall: (wall) => ofTerms(wall, wall.names ?? []) ?? wall.sentence };
}

/** The kinds of rules, by what they look at. */
export function useKindNames(): Record<WallKind, { name: string; hint: string }> {
  const { t } = useLingui();
  return {
    owner: { name: t`Who owns the vendor`, hint: t`Keeps out workforces of vendors in which a competitor has a stake.` },
    rival: { name: t`Whom a person worked for`, hint: t`Keeps out people who have lately worked for a competitor.` },
    country: { name: t`Country`, hint: t`Lets in people in the named countries only.` },
    licence: { name: t`Qualification`, hint: t`Lets in people with one of the named qualifications only.` },
    two_persons: { name: t`Two persons`, hint: t`Exports wait for a second person's word.` },
  };
}
