import type { AnswerChanges } from '@/api/types';
import type { Layer } from '@/shared/AnswerPicture';

const ADDED = '#2b8a3e';
const REMOVED = '#c92a2a';
const BEFORE = '#a3781c';
const SAME = '#74858a';

type Words = Readonly<Record<'added' | 'removed' | 'before' | 'after' | 'same', string>>;

/** Two answers' boxes on one picture: what came is filled, what went is dashed, what stayed is quiet. Colour is never alone. */
export function layersOf({ to, diff }: AnswerChanges, words: Words): Layer[] {
  const changed = new Set(diff.regions.flatMap(({ to: shape }) => (shape ? [shape.id] : [])));
  const same = to.shapes
    .filter(({ id }) => !changed.has(id))
    .map((box): Layer => ({ key: `same ${box.id}`, box: boxOf(box), color: SAME, dashed: false, strong: false, title: words.same }));
  const moved = diff.regions.flatMap((region): Layer[] => {
    const layer = (box: typeof region.from, color: string, dashed: boolean, strong: boolean, title: string): Layer[] =>
      box ? [{ key: `${title} ${region.id}`, box: boxOf(box), color, dashed, strong, title }] : [];
    switch (region.change) {
      case 'added':
        return layer(region.to, ADDED, false, true, words.added);
      case 'removed':
        return layer(region.from, REMOVED, true, false, words.removed);
      case 'changed':
        return [...layer(region.from, BEFORE, true, false, words.before), ...layer(region.to, ADDED, false, false, words.after)];
    }
  });
  return [...same, ...moved];
}

function boxOf({ x, y, width, height }: Layer['box']): Layer['box'] {
  return { x, y, width, height };
}
