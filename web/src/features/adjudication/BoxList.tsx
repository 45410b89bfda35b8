import { Plural, Trans } from '@lingui/react/macro';
import { Button, Checkbox, Group, Text } from '@mantine/core';
import type { Ontology } from '@engines/core';
import { useFormat } from '@/shared/useFormat';
import classes from './adjudication.module.css';
import { boxKey, toggleBox, type Merging, type Side } from './merge';
import { sideColor } from './side-color';

interface Props {
  ontology: Ontology;
  sides: readonly Side[];
  merging: Merging;
  onChange: (merging: Merging) => void;
  /** The box under the pointer or the focus, to be found on the picture. */
  onLight: (key: string | undefined) => void;
}

/** Everybody's boxes, to be taken over one by one or all of one person. */
export function BoxList({ ontology, sides, merging, onChange, onLight }: Props) {
  const format = useFormat();
  const labelName = (id: string) => {
    const label = ontology.labels.find((one) => one.id === id);
    return label === undefined ? id : format.name({ name: label.name, names: label.names });
  };
  const takeBoxes = (side: Side) => {
    const keys = side.answer.shapes.map(({ id }) => boxKey(side.submission, id));
    onChange({ ...merging, boxes: keys });
  };
  return (
    <div data-testid="boxes">
      <Group justify="space-between" mb={6}>
        <Text component="h2" size="sm" fw={600} m={0}>
          <Trans>Boxes</Trans>
        </Text>
        <Text size="xs" c="dimmed" aria-live="polite">
          <Plural value={merging.boxes.length} _0="none taken" one="# taken" other="# taken" />
        </Text>
      </Group>
      <div className={classes['sides']}>
        {sides.map((side, index) => (
          <fieldset key={side.submission} className={classes['side']}>
            <legend className={classes['person']} style={{ borderColor: sideColor(index) }}>
              {side.annotator}
            </legend>
            {side.answer.shapes.length === 0 ? (
              <Text size="sm" c="dimmed">
                <Trans>no box</Trans>
              </Text>
            ) : (
              <Button size="compact-xs" variant="default" mb={6} onClick={() => takeBoxes(side)}>
                <Trans>Only these</Trans> <span className="visually-hidden">{side.annotator}</span>
              </Button>
            )}
            {side.answer.shapes.map((shape, at) => {
              const key = boxKey(side.submission, shape.id);
              return (
                <div key={key} onMouseEnter={() => onLight(key)} onMouseLeave={() => onLight(undefined)}>
                  <Checkbox
                    size="xs"
                    py={2}
                    checked={merging.boxes.includes(key)}
                    onFocus={() => onLight(key)}
                    onBlur={() => onLight(undefined)}
                    onChange={() => onChange(toggleBox(merging, key))}
                    label={`${labelName(shape.label)} ${at + 1}`}
                    data-testid={`box-${index}-${at}`}
                  />
                </div>
              );
            })}
          </fieldset>
        ))}
      </div>
    </div>
  );
}
