import { msg } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import type { MessageDescriptor } from '@lingui/core';
import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { Box, Shape } from '@engines/core';
import { clipped, roundedBox, type Size } from '@engines/image';
import { QuestionField } from './QuestionField';
import type { Annotation } from '../useAnnotation';
import classes from '../desk.module.css';

const SMALLEST = 2;

interface Props {
  shape: Shape;
  annotation: Annotation;
  image: Size | undefined;
  readOnly: boolean;
  faultOf: (attribute: string) => string | undefined;
}

/** The selected box in numbers, and its attributes. */
export function ObjectEditor({ shape, annotation, image, readOnly, faultOf }: Props) {
  const { ontology, place, setAttribute } = annotation;
  const attributes = ontology.labels.find(({ id }) => id === shape.label)?.attributes ?? [];

  const change = (part: Partial<Box>) => {
    if (image === undefined) return;
    const wanted = clipped({ x: shape.x, y: shape.y, width: shape.width, height: shape.height, ...part }, image);
    if (wanted.width >= SMALLEST && wanted.height >= SMALLEST) place(shape.id, roundedBox(wanted));
  };

  return (
    <section aria-labelledby="desk-object" data-testid="object-editor">
      <h2 className={classes.heading} id="desk-object">
        <Trans>Selected box</Trans>
      </h2>
      <div className={classes.numbers}>
        <Coordinate name={msg`Left`} id="x" value={shape.x} readOnly={readOnly} onCommit={(x) => change({ x })} />
        <Coordinate name={msg`Top`} id="y" value={shape.y} readOnly={readOnly} onCommit={(y) => change({ y })} />
        <Coordinate name={msg`Width`} id="width" value={shape.width} readOnly={readOnly} onCommit={(width) => change({ width })} />
        <Coordinate name={msg`Height`} id="height" value={shape.height} readOnly={readOnly} onCommit={(height) => change({ height })} />
      </div>
      {attributes.map((attribute) => (
        <div key={attribute.id} style={{ marginTop: '0.75rem' }}>
          <QuestionField
            question={attribute}
            value={shape.attributes[attribute.id]}
            fault={faultOf(attribute.id)}
            compact
            disabled={readOnly}
            onChange={(value) => setAttribute(shape.id, attribute.id, value)}
          />
        </div>
      ))}
    </section>
  );
}

interface CoordinateProps {
  name: MessageDescriptor;
  id: string;
  value: number;
  readOnly: boolean;
  onCommit: (value: number) => void;
}

/** A coordinate in image pixels; it takes effect when Enter is pressed or the field is left. */
function Coordinate({ name, id, value, readOnly, onCommit }: CoordinateProps) {
  const { i18n } = useLingui();
  // What is being typed, until it takes effect or is given up; what the image does not allow falls back.
  const [typed, setTyped] = useState<string | number>();
  const commit = () => {
    if (typeof typed === 'number' && typed !== value) onCommit(typed);
    setTyped(undefined);
  };
  return (
    <NumberInput
      size="xs"
      label={i18n._(name)}
      value={typed ?? value}
      min={0}
      decimalScale={2}
      readOnly={readOnly}
      hideControls
      onChange={setTyped}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          // Ctrl+Enter goes on to submit, with what was typed.
          commit();
          if (!event.ctrlKey && !event.metaKey) event.preventDefault();
        }
      }}
      data-testid={`object-${id}`}
    />
  );
}
