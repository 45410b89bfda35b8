import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import { nameIn } from '@engines/core';
import { labelCommand } from '../keys/commands';
import type { Keys } from '../keys/useKeys';
import type { Annotation } from '../useAnnotation';
import classes from '../desk.module.css';
import { KeyHint } from './KeyHint';

/** The labels with their colours and keys. Picking one labels the selected box, or begins to draw. */
export function LabelPanel({ annotation, keys }: { annotation: Annotation; keys: Keys }) {
  const { i18n } = useLingui();
  const { ontology, selected, label, useLabel } = annotation;
  const current = selected?.label ?? label;
  return (
    <section aria-labelledby="desk-labels" data-testid="labels">
      <h2 className={classes.heading} id="desk-labels">
        {selected === undefined ? <Trans>Labels</Trans> : <Trans>Label of the selected box</Trans>}
      </h2>
      <div className={classes.options} style={{ gap: '0.25rem' }}>
        {ontology.labels.map((item) => {
          const chord = keys.hint(labelCommand(item.id));
          return (
            <button
              key={item.id}
              type="button"
              className={classes.label}
              aria-pressed={item.id === current}
              {...(chord === undefined ? {} : { 'aria-keyshortcuts': chord })}
              onClick={() => useLabel(item.id)}
              data-testid={`label-${item.id}`}
            >
              <span className={classes.swatch} style={{ background: item.color }} aria-hidden="true" />
              <span className={classes.optionName}>{nameIn(i18n.locale, item)}</span>
              <KeyHint chord={chord} />
            </button>
          );
        })}
      </div>
    </section>
  );
}
