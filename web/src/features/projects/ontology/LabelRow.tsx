import { Plural, useLingui } from '@lingui/react/macro';
import { Button, Collapse, ColorInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Label } from '@/api/types';
import { labelColors } from '@/design/tokens';
import { NamedFields, OrderButtons } from './NamedFields';
import { useEditing } from './OntologyEditor';
import { QuestionCards } from './QuestionCards';
import classes from './ontology.module.css';

export function LabelRow({ label, index, count }: { label: Label; index: number; count: number }) {
  const { t } = useLingui();
  const { dispatch, faultAt } = useEditing();
  const [opened, { toggle }] = useDisclosure(false);
  const pointer = `/labels/${index}`;
  const attributes = label.attributes ?? [];
  return (
    <div className={classes['item']} data-testid={`label-${index}`}>
      <div className={classes['line']}>
        <ColorInput
          className={classes['color']}
          aria-label={t`Colour of ${label.name}`}
          value={label.color}
          swatches={labelColors}
          swatchesPerRow={5}
          withEyeDropper={false}
          error={faultAt(`${pointer}/color`)}
          onChange={(color) => dispatch({ type: 'label/change', label: index, change: { color } })}
        />
        <NamedFields
          item={label}
          pointer={pointer}
          savedKey={`label:${label.id}`}
          placeholder={t`Label`}
          onChange={(change) => dispatch({ type: 'label/change', label: index, change })}
        />
        <Button variant="subtle" color="gray" onClick={toggle} aria-expanded={opened}>
          <Plural value={attributes.length} _0="Attributes" one="# attribute" other="# attributes" />
        </Button>
        <OrderButtons
          name={label.name}
          index={index}
          count={count}
          onMove={(by) => dispatch({ type: 'label/move', label: index, by })}
          onRemove={() => dispatch({ type: 'label/remove', label: index })}
        />
      </div>
      <Collapse expanded={opened}>
        <div className={classes['nested']}>
          <QuestionCards questions={attributes} list={{ label: index }} pointer={`${pointer}/attributes`} attributes />
        </div>
      </Collapse>
    </div>
  );
}
