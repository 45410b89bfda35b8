import { labelColors } from '@/design/tokens';

/** One colour a person, the same in the table, in the list and on the picture. */
export function sideColor(index: number): string {
  return labelColors[(index + 1) % labelColors.length] ?? '#177475';
}
