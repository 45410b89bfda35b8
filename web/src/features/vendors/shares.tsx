import { labelColors } from '@/design/tokens';
import classes from './vendors.module.css';

/** Shares as coloured parts. The figures stand in words beside them; the colours only help the eye along. */

/** Beyond the palette the colours begin again: names stand in the legend and in every table. */
export function colourOf(ids: readonly string[], id: string): string {
  return labelColors[Math.max(0, ids.indexOf(id)) % labelColors.length] ?? 'currentColor';
}

export function Legend({ entries }: { entries: readonly { id: string; name: string; colour: string }[] }) {
  return (
    <ul className={classes['legend']}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <svg width="11" height="11" aria-hidden="true">
            <rect width="11" height="11" rx="2" fill={entry.colour} />
          </svg>
          {entry.name}
        </li>
      ))}
    </ul>
  );
}

export interface Part {
  id: string;
  share: number;
  colour: string;
}

export function StackedShares({ parts }: { parts: readonly Part[] }) {
  const starts = startsOf(parts);
  return (
    <svg className={classes['stacked']} aria-hidden="true">
      {parts.map((part, n) => (
        <rect key={part.id} x={`${100 * (starts[n] ?? 0)}%`} width={`${100 * part.share}%`} height="100%" fill={part.colour} />
      ))}
    </svg>
  );
}

/** Columns of shares, one a step of time, from the bottom in the order of the parts. */
export function ShareColumns({ columns, label }: { columns: readonly { at: string; parts: readonly Part[] }[]; label: string }) {
  const width = 100 / Math.max(1, columns.length);
  const gap = Math.min(0.6, width / 5);
  return (
    <figure className={classes['columns']}>
      <figcaption>{label}</figcaption>
      <div className={classes['frame']}>
        <div className={classes['scale']} aria-hidden="true">
          <span>1</span>
          <span>½</span>
          <span>0</span>
        </div>
        <svg aria-hidden="true">
          {columns.map((column, n) => {
            const starts = startsOf(column.parts);
            return column.parts.map((part, k) => (
              <rect
                key={`${column.at} ${part.id}`}
                x={`${n * width + gap / 2}%`}
                width={`${width - gap}%`}
                y={`${100 * (1 - (starts[k] ?? 0) - part.share)}%`}
                height={`${100 * part.share}%`}
                fill={part.colour}
              />
            ));
          })}
        </svg>
      </div>
    </figure>
  );
}

function startsOf(parts: readonly Part[]): number[] {
  let sum = 0;
  return parts.map((part) => {
    const start = sum;
    sum += part.share;
    return start;
  });
}
