import { Workplace } from '@/features/desk/Workplace';
import { ReviewBench } from './ReviewBench';
import { reviewing } from './session/reviewing';

/** The reviewer's desk of one project. */
export function ReviewPage() {
  return <Workplace lineOf={reviewing}>{(bench) => <ReviewBench key={bench.held.piece.key} {...bench} />}</Workplace>;
}
