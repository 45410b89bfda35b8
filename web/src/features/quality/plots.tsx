import { useLingui } from '@lingui/react/macro';
import type { Estimate } from '@/api/types';
import { useFormat } from '@/shared/useFormat';
import type { Scale } from './scale';
import classes from './quality.module.css';

/** The plots stand in tables whose cells carry the figures: for who cannot see them, they are decoration. */

/** A figure with the ends of its interval. */
export type Spread = Pick<Estimate, 'value' | 'low' | 'high'>;

/** A figure as a dot with its interval as a whisker; `reference` is a value that it is held against. */
export function Interval({ estimate, scale, reference }: { estimate: Spread; scale: Scale; reference?: number }) {
  const { value, low, high } = estimate;
  return (
    <svg className={classes['interval']} aria-hidden="true">
      {scale.ticks.map((tick) => (
        <line key={tick} className={classes['grid']} x1={`${scale.at(tick)}%`} x2={`${scale.at(tick)}%`} y1="0" y2="100%" />
      ))}
      {reference === undefined ? null : <line className={classes['reference']} x1={`${scale.at(reference)}%`} x2={`${scale.at(reference)}%`} y1="0" y2="100%" />}
      {typeof low === 'number' && typeof high === 'number' ? (
        <>
          <line className={classes['whisker']} x1={`${scale.at(low)}%`} x2={`${scale.at(high)}%`} y1="50%" y2="50%" />
          <line className={classes['whisker']} x1={`${scale.at(low)}%`} x2={`${scale.at(low)}%`} y1="32%" y2="68%" />
          <line className={classes['whisker']} x1={`${scale.at(high)}%`} x2={`${scale.at(high)}%`} y1="32%" y2="68%" />
        </>
      ) : null}
      {value === null ? null : <circle className={classes['dot']} cx={`${scale.at(value)}%`} cy="50%" r="4.5" />}
    </svg>
  );
}

/** The axis of a column of intervals, in percent where the figures beside it are. */
export function Axis({ scale, percent = false }: { scale: Scale; percent?: boolean }) {
  const format = useFormat();
  return (
    <div className={classes['axis']} aria-hidden="true">
      {scale.ticks.map((tick) => (
        <span key={tick} style={{ insetInlineStart: `${scale.at(tick)}%` }}>
          {percent ? format.percent(tick, 0) : format.number(tick, { maximumFractionDigits: 2 })}
        </span>
      ))}
    </div>
  );
}

/** A figure and its 95 % interval in words: "0.71 (0.66 to 0.76)". */
export function useEstimateText(): (estimate: Spread | undefined, percent?: boolean) => string {
  const { t } = useLingui();
  const format = useFormat();
  return (estimate, percent = false) => {
    const figure = (value: number) => (percent ? format.percent(value) : format.number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 }));
    if (!estimate || estimate.value === null) return t`not defined`;
    if (typeof estimate.low !== 'number' || typeof estimate.high !== 'number') return figure(estimate.value);
    return t`${figure(estimate.value)} (${figure(estimate.low)} to ${figure(estimate.high)})`;
  };
}

/** A share as a bar. */
export function ShareBar({ share, muted = false }: { share: number; muted?: boolean }) {
  return (
    <svg className={classes['share']} aria-hidden="true">
      <rect className={classes['track']} width="100%" height="100%" rx="2" />
      <rect className={muted ? classes['muted'] : classes['fill']} width={`${Math.max(0, Math.min(1, share)) * 100}%`} height="100%" rx="2" />
    </svg>
  );
}

interface Bin {
  from: number;
  to: number;
  tasks: number;
}

/** How many consensus answers are how sure. */
export function ConfidenceHistogram({ bins }: { bins: readonly Bin[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const most = Math.max(1, ...bins.map((bin) => bin.tasks));
  const ordered = [...bins].sort((a, b) => a.from - b.from);
  const total = bins.reduce((sum, bin) => sum + bin.tasks, 0);
  const width = 100 / Math.max(1, ordered.length);
  return (
    <figure className={classes['histogram']}>
      <svg aria-hidden="true">
        {ordered.map((bin, n) => {
          const height = (bin.tasks / most) * 84;
          return (
            <g key={bin.from}>
              <rect className={classes['fill']} x={`${n * width + 0.4}%`} width={`${width - 0.8}%`} y={`${100 - height}%`} height={`${height}%`} />
              {bin.tasks > 0 ? (
                <text className={classes['count']} x={`${(n + 0.5) * width}%`} y={`${100 - height}%`} dy="-5" textAnchor="middle">
                  {format.number(bin.tasks)}
                </text>
              ) : null}
            </g>
          );
        })}
      </svg>
      <div className={classes['axis']} aria-hidden="true">
        {ordered.map((bin, n) =>
          n % 2 === 0 ? (
            <span key={bin.from} style={{ insetInlineStart: `${n * width}%` }}>
              {format.percent(bin.from, 0)}
            </span>
          ) : null,
        )}
        <span className={classes['last']}>{format.percent(ordered.at(-1)?.to ?? 1, 0)}</span>
      </div>
      <figcaption aria-hidden="true">{t`Number of tasks (upwards) by the confidence of their consensus (to the right)`}</figcaption>
      <table className="visually-hidden">
        <caption>{t`Tasks by the confidence of their consensus, of ${total}`}</caption>
        <tbody>
          {ordered.map((bin) => (
            <tr key={bin.from}>
              <th scope="row">{t`${format.percent(bin.from, 0)} to ${format.percent(bin.to, 0)}`}</th>
              <td>{bin.tasks}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
