import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import { Alert, List } from '@mantine/core';
import { shapeIndexOf, type Fault } from '@engines/core';
import type { Piece } from '../session/piece';
import { faultText } from '../frame/fault-text';
import type { PlacedFaults } from '../faults';
import { optionCommand } from '../keys/commands';
import type { Keys } from '../keys/useKeys';
import { useContent } from '../stage/useContent';
import type { Annotation } from '../useAnnotation';
import classes from '../desk.module.css';
import { LabelPanel } from './LabelPanel';
import { ObjectEditor } from './ObjectEditor';
import { ObjectList } from './ObjectList';
import { QuestionField } from './QuestionField';

interface Props {
  piece: Piece;
  annotation: Annotation;
  keys: Keys;
  faults: PlacedFaults;
  readOnly: boolean;
}

/** The answer beside the stage: questions, labels, the list of boxes and the selected box. */
export function AnswerPanel({ piece, annotation, keys, faults, readOnly }: Props) {
  const { i18n } = useLingui();
  const { ontology, answer, selected } = annotation;
  const content = useContent(piece.content);
  const text = (fault: Fault | undefined) => (fault === undefined ? undefined : faultText(i18n, fault));
  const hasBoxes = ontology.labels.length > 0;
  return (
    <>
      {faults.others.length > 0 ? <OtherFaults faults={faults.others} annotation={annotation} /> : null}
      {ontology.questions.map((question) => (
        <QuestionField
          key={question.id}
          question={question}
          value={answer.answers[question.id]}
          fault={text(faults.ofQuestion(question.id))}
          disabled={readOnly}
          compact={hasBoxes}
          hint={(option) => (readOnly ? undefined : keys.hint(optionCommand(question.id, option)))}
          onChange={(value) => annotation.setAnswer(question.id, value)}
        />
      ))}
      {hasBoxes && !readOnly ? <LabelPanel annotation={annotation} keys={keys} /> : null}
      {hasBoxes ? <ObjectList annotation={annotation} faulty={faults.shapes} readOnly={readOnly} /> : null}
      {selected === undefined ? null : (
        <ObjectEditor
          shape={selected}
          annotation={annotation}
          image={content.kind === 'image' ? content.image.size : undefined}
          readOnly={readOnly}
          faultOf={(attribute) => text(faults.ofAttribute(selected.id, attribute))}
        />
      )}
    </>
  );
}

/** Faults that belong to no field; one of a box leads to it. */
function OtherFaults({ faults, annotation }: { faults: readonly Fault[]; annotation: Annotation }) {
  const { i18n } = useLingui();
  return (
    <Alert color="red" variant="light" role="alert" p="xs" data-testid="faults">
      <List size="sm" spacing={4}>
        {faults.map((fault) => {
          const index = shapeIndexOf(fault.pointer);
          const shape = index === undefined ? undefined : annotation.answer.shapes[index];
          const number = (index ?? 0) + 1;
          return (
            <List.Item key={`${fault.pointer} ${fault.code ?? fault.message}`}>
              {faultText(i18n, fault)}{' '}
              {shape === undefined ? null : (
                <button type="button" className={classes.link} onClick={() => annotation.select(shape.id, true)}>
                  <Trans>Show box {number}</Trans>
                </button>
              )}
            </List.Item>
          );
        })}
      </List>
    </Alert>
  );
}
