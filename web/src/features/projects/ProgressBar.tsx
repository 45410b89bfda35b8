import { useLingui } from '@lingui/react/macro';
import type { Progress } from '@/api/types';
import { useFormat } from '@/shared/useFormat';
import { parts, share } from './progress';
import classes from './projects.module.css';
import { useTaskStateNames } from './TaskStateBadge';

/** Where the tasks stand, as one bar; its words are read out and shown on hover. */
export function ProgressBar({ progress, tall = false }: { progress: Progress; tall?: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  const names = useTaskStateNames();
  const list = parts(progress);
  const words = list.filter((part) => part.tasks > 0).map((part) => `${names[part.state]}: ${format.number(part.tasks)}`).join(', ');
  return (
    <div
      className={classes['bar']}
      data-tall={tall || undefined}
      role="progressbar"
      aria-label={t`Progress`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share(progress) * 100)}
      aria-valuetext={words || t`no tasks yet`}
      title={words}
    >
      {list.map((part) =>
        part.share > 0 ? <span key={part.state} data-state={part.state} style={{ flexGrow: part.share }} /> : null,
      )}
    </div>
  );
}
