import { useLingui } from '@lingui/react/macro';
import { ActionIcon, Group, TextInput } from '@mantine/core';
import { IconTrash } from '@/design/icons';
import type { NewLabel } from './relabelling';
import classes from './relabelling.module.css';

/** A label that is to be added: its name and its colour. */
export function NewLabelRow({ label, onChange, onRemove }: { label: NewLabel; onChange: (label: NewLabel) => void; onRemove: () => void }) {
  const { t } = useLingui();
  return (
    <div className={classes['row']} data-testid="new-label">
      <TextInput aria-label={t`Name of the new label`} placeholder={t`New label`} maxLength={200} data-autofocus value={label.name} onChange={(event) => onChange({ ...label, name: event.currentTarget.value })} />
      <Group gap="xs">
        <input type="color" className={classes['color']} aria-label={t`Colour of the new label`} value={label.color} onChange={(event) => onChange({ ...label, color: event.currentTarget.value })} />
        <ActionIcon variant="subtle" color="red" aria-label={t`Remove the new label`} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
    </div>
  );
}
