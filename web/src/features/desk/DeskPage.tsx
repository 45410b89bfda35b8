import { DeskBench } from './DeskBench';
import { annotating } from './session/annotating';
import { Workplace } from './Workplace';

/** The annotator's desk of one project. */
export function DeskPage() {
  return <Workplace lineOf={annotating}>{(bench) => <DeskBench {...bench} />}</Workplace>;
}
