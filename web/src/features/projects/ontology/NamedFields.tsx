import { useLingui } from '@lingui/react/macro';
import { ActionIcon, TextInput } from '@mantine/core';
import type { Names } from '@/api/types';
import { IconDown, IconTrash, IconUp } from '@/design/icons';
import { useEditing } from './OntologyEditor';
import classes from './ontology.module.css';

interface Props {
  item: { id: string; name: string; names?: Names };
  pointer: string;
  /** Key of the saved ids: `label:coin`. */
  savedKey: string;
  placeholder: string;
  onChange: (change: { name?: string; names?: Names; id?: string }) => void;
}

/** English and French name, and the id: fixed once saved. */
export function NamedFields({ item, pointer, savedKey, placeholder, onChange }: Props) {
  const { t } = useLingui();
  const { faultAt, isSaved } = useEditing();
  return (
    <>
      <TextInput
        className={classes['name']}
        aria-label={t`Name in English`}
        placeholder={placeholder}
        value={item.name}
        error={faultAt(`${pointer}/name`) ?? faultAt(pointer)}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        className={classes['name']}
        aria-label={t`Name in French`}
        placeholder={t`in French`}
        lang="fr"
        value={item.names?.['fr'] ?? ''}
        error={faultAt(`${pointer}/names/fr`) ?? faultAt(`${pointer}/names`)}
        onChange={(event) => onChange({ names: { ...item.names, fr: event.currentTarget.value } })}
      />
      <TextInput
        className={classes['id']}
        aria-label={t`Id`}
        title={isSaved(savedKey) ? t`Answers refer to this id; it stays.` : t`Answers will refer to this id.`}
        value={item.id}
        readOnly={isSaved(savedKey)}
        variant={isSaved(savedKey) ? 'unstyled' : 'default'}
        error={faultAt(`${pointer}/id`)}
        onChange={(event) => onChange({ id: event.currentTarget.value })}
      />
    </>
  );
}

interface OrderProps {
  name: string;
  index: number;
  count: number;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** Up, down, away: the keyboard's way of arranging a list. */
export function OrderButtons({ name, index, count, onMove, onRemove }: OrderProps) {
  const { t } = useLingui();
  return (
    <div className={classes['order']}>
      <ActionIcon variant="subtle" color="gray" disabled={index === 0} aria-label={t`Move up: ${name}`} onClick={() => onMove(-1)}>
        <IconUp size={16} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" disabled={index === count - 1} aria-label={t`Move down: ${name}`} onClick={() => onMove(1)}>
        <IconDown size={16} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="red" aria-label={t`Remove: ${name}`} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </div>
  );
}
