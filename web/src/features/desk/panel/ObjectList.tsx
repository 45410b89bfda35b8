import { msg } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import { ActionIcon, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { nameIn, type Shape } from '@engines/core';
import { IconEye, IconEyeOff, IconTrash } from '@/design/icons';
import type { Annotation } from '../useAnnotation';
import classes from '../desk.module.css';

const LINE_PX = 34;

interface Props {
  annotation: Annotation;
  faulty: ReadonlySet<string>;
  readOnly: boolean;
}

/** The twin of the picture for the keyboard and screen readers: every box as a line; arrow keys go through them. */
export function ObjectList({ annotation, faulty, readOnly }: Props) {
  const { i18n } = useLingui();
  const { answer, ontology, selected, hidden, select, remove, toggleHidden } = annotation;
  const shapes = answer.shapes;
  const box = useRef<HTMLDivElement>(null);
  const lines = useVirtualizer({
    count: shapes.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE_PX,
    overscan: 6,
  });
  const at = shapes.findIndex((shape) => shape.id === selected?.id);
  useEffect(() => {
    if (at !== -1) lines.scrollToIndex(at, { align: 'auto' });
  }, [at, lines]);

  const walk = (event: KeyboardEvent) => {
    const way = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const next = shapes[at + way];
    if (way === 0 || next === undefined) return;
    event.preventDefault();
    select(next.id, true);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-row="${next.id}"]`)?.focus());
  };

  const describe = (shape: Shape, index: number) => {
    const label = ontology.labels.find(({ id }) => id === shape.label);
    const name = label === undefined ? shape.label : nameIn(i18n.locale, label);
    const { x, y, width, height } = wholePixels(shape);
    const number = index + 1;
    const fault = faulty.has(shape.id) ? `, ${i18n._(msg`needs correction`)}` : '';
    const rest = i18n._(msg`${number}, left ${x}, top ${y}, width and height`) + fault;
    return { name, color: label?.color ?? '#868e96', rest, size: `${width} × ${height}`, number };
  };

  const line = (shape: Shape, index: number, start: number) => {
    const { name, color, rest, size, number } = describe(shape, index);
    const isHidden = hidden.has(shape.id);
    const isSelected = shape.id === selected?.id;
    return (
      <div
        key={shape.id}
        role="listitem"
        aria-setsize={shapes.length}
        aria-posinset={index + 1}
        className={classes.objectLine}
        style={{ position: 'absolute', insetInline: 0, top: start }}
        {...(isSelected ? { 'data-selected': '' } : {})}
      >
        <button
          type="button"
          className={classes.row}
          data-row={shape.id}
          aria-current={isSelected ? 'true' : undefined}
          tabIndex={isSelected || (at === -1 && index === 0) ? 0 : -1}
          onClick={() => select(shape.id, true)}
          data-testid={`object-${index}`}
        >
          <span className={classes.swatch} style={{ background: color }} aria-hidden="true" />
          <span className={classes.rowName} style={isHidden ? { opacity: 0.55 } : {}}>
            {faulty.has(shape.id) ? <span aria-hidden="true">⚠ </span> : null}
            {name}
            <span className="visually-hidden"> {rest} </span>
          </span>
          <Text span size="xs" c="dimmed" className="tabular">
            {size}
          </Text>
        </button>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={26}
          tabIndex={isSelected ? 0 : -1}
          aria-pressed={isHidden}
          aria-label={i18n._(msg`Hide ${name} ${number}`)}
          onClick={() => toggleHidden(shape.id)}
        >
          {isHidden ? <IconEyeOff size={15} /> : <IconEye size={15} />}
        </ActionIcon>
        {readOnly ? null : (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={26}
            tabIndex={isSelected ? 0 : -1}
            aria-label={i18n._(msg`Delete ${name} ${number}`)}
            onClick={() => remove(shape.id)}
          >
            <IconTrash size={15} />
          </ActionIcon>
        )}
      </div>
    );
  };

  return (
    <section aria-labelledby="desk-objects">
      <h2 className={classes.heading} id="desk-objects">
        <Trans>Boxes</Trans>
        <span className="tabular" data-testid="object-count">
          {shapes.length}
        </span>
      </h2>
      {shapes.length === 0 ? (
        <Text size="sm" c="dimmed">
          <Trans>No box yet.</Trans>
        </Text>
      ) : (
        <div ref={box} className={classes.objects} style={{ height: Math.min(10, shapes.length) * LINE_PX + 2 }} onKeyDown={walk}>
          <div role="list" style={{ height: lines.getTotalSize() }} aria-labelledby="desk-objects" data-testid="objects">
            {lines.getVirtualItems().map(({ index, start }) => {
              const shape = shapes[index];
              return shape === undefined ? null : line(shape, index, start);
            })}
          </div>
        </div>
      )}
    </section>
  );
}

function wholePixels({ x, y, width, height }: Shape) {
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}
