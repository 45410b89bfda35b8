import { Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './queue.module.css';

interface Props {
  name: string;
  title: string;
  description: string;
  on: boolean;
  disabled: boolean;
  onToggle: (on: boolean) => void;
  children?: ReactNode;
}

/** One rule that is in force or not, with its fields while it is. */
export function Rule({ name, title, description, on, disabled, onToggle, children }: Props) {
  return (
    <fieldset className={classes['rule']} aria-label={title} data-testid={`rule-${name}`}>
      <Switch
        checked={on}
        disabled={disabled}
        label={title}
        description={description}
        styles={{ label: { fontWeight: 550 } }}
        onChange={(event) => onToggle(event.currentTarget.checked)}
      />
      {on && children ? <div className={classes['fields']}>{children}</div> : null}
    </fieldset>
  );
}
