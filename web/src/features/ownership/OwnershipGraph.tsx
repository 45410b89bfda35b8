import { Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import type { Ownership, Stake } from '@/api/types';
import { useFormat } from '@/shared/useFormat';
import { BOX, draw, type Placed } from './layout';
import classes from './ownership.module.css';

const LONGEST = 20;

/** Who holds what, as a picture; the tables beside it say the same in words. */
export function OwnershipGraph({ ownership }: { ownership: Ownership }) {
  const { t } = useLingui();
  const { organisations, stakes, vendors } = ownership;
  const { width, height, boxes } = draw(
    organisations.map(({ id }) => id),
    stakes,
  );
  const at = new Map(boxes.map((box) => [box.id, box]));
  const isVendor = (id: string) => vendors.some(({ organisation }) => organisation === id);
  return (
    <figure className={classes['graph']} data-testid="ownership-graph">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={t`Graph of the stakes above your vendors; the tables below say the same.`}>
        {stakes.map((stake) => {
          const from = at.get(stake.owner);
          const to = at.get(stake.held);
          return from && to ? <StakeLine key={stake.id} stake={stake} from={from} to={to} /> : null;
        })}
        {organisations.map(({ id, name }) => {
          const box = at.get(id);
          if (!box) return null;
          return (
            <g key={id} transform={`translate(${box.x} ${box.y})`}>
              <title>{name}</title>
              <rect className={`${classes['box']} ${isVendor(id) ? classes['vendor'] : ''}`} width={BOX.width} height={BOX.height} rx="6" />
              <text className={classes['name']} x={BOX.width / 2} y={isVendor(id) ? 20 : 28} textAnchor="middle">
                {name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name}
              </text>
              {isVendor(id) ? (
                <text className={classes['kind']} x={BOX.width / 2} y={36} textAnchor="middle">
                  {t`Vendor`}
                </text>
              ) : null}
            </g>
          );
        })}
      </svg>
      <Text component="figcaption" size="xs" c="dimmed" mt="xs" ta="center">
        <Trans>Owners stand above what they hold. A thick line is more than half; a dashed one has no vote.</Trans>
      </Text>
    </figure>
  );
}

function StakeLine({ stake, from, to }: { stake: Stake; from: Placed; to: Placed }) {
  const format = useFormat();
  const x1 = from.x + BOX.width / 2;
  const x2 = to.x + BOX.width / 2;
  // A stake in a circle runs upwards: it leaves from the top.
  const down = from.y < to.y;
  const y1 = down ? from.y + BOX.height : from.y;
  const y2 = down ? to.y : to.y + BOX.height;
  const label = format.percent(stake.percent / 100, 4);
  const labelWidth = label.length * 7.4 + 8;
  // Nearer to the owner than to the middle: lines to one vendor meet below.
  const x = x1 + (x2 - x1) * 0.4;
  const y = y1 + (y2 - y1) * 0.4;
  return (
    <g>
      <line className={classes['stake']} x1={x1} y1={y1} x2={x2} y2={y2} data-major={stake.percent > 50 ? '' : undefined} data-silent={stake.voting ? undefined : ''} />
      <rect className={classes['ground']} x={x - labelWidth / 2} y={y - 10} width={labelWidth} height={20} rx="3" />
      <text className={classes['percent']} x={x} y={y + 4} textAnchor="middle">
        {label}
      </text>
    </g>
  );
}
