import { useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import { useFormat } from '@/shared/useFormat';
import classes from './quality.module.css';
import { tint } from './scale';

interface Props {
  classes: readonly string[];
  /** Rows: the true class, columns: the answer; shares of the row. */
  matrix: readonly (readonly number[])[];
  name: (classId: string) => string;
}

/** What is answered when something is the case, as a table whose cells are tinted by their share. */
export function ConfusionMatrix({ classes: ids, matrix, name }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t`Confusion matrix`}>
      <table className={classes['confusion']} data-testid="confusion">
        <thead>
          <tr>
            <td>
              <Text span size="xs" c="dimmed">{t`true ↓ given →`}</Text>
            </td>
            {ids.map((id) => (
              <th key={id} scope="col" title={name(id)}>
                {name(id)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ids.map((id, row) => (
            <tr key={id}>
              <th scope="row" title={name(id)}>
                {name(id)}
              </th>
              {ids.map((column, n) => {
                const share = matrix[row]?.[n] ?? 0;
                const { alpha, strong } = tint(share);
                return (
                  <td
                    key={column}
                    data-strong={strong || undefined}
                    style={{ background: `color-mix(in srgb, var(--etalon-accent) ${alpha * 100}%, var(--etalon-soft))` }}
                  >
                    {format.percent(share, 0)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
