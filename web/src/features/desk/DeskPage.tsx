import { DeskBench } from './DeskBench';
import { WhyEmpty } from './frame/WhyEmpty';
import { annotating } from './session/annotating';
import { Workplace } from './Workplace';

/** The annotator's desk of one project. */
export function DeskPage() {
  return (
    <Workplace lineOf={annotating} why={(place) => <WhyEmpty place={place} />}>
      {(bench) => <DeskBench {...bench} />}
    </Workplace>
  );
}
