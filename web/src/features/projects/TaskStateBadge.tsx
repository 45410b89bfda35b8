import { useLingui } from '@lingui/react/macro';
import type { SubmissionState, TaskState } from '@/api/types';
import classes from './projects.module.css';

export function useTaskStateNames(): Record<TaskState, string> {
  const { t } = useLingui();
  return {
    planned: t`planned`,
    open: t`open`,
    in_review: t`in review`,
    returned: t`returned`,
    escalated: t`needs a decision`,
    done: t`done`,
    cancelled: t`cancelled`,
  };
}

export function useSubmissionStateNames(): Record<SubmissionState, string> {
  const { t } = useLingui();
  return {
    submitted: t`submitted`,
    in_review: t`in review`,
    accepted: t`accepted`,
    fixed: t`corrected`,
    returned: t`returned`,
    rejected: t`rejected`,
    escalated: t`needs a decision`,
    appealed: t`appealed`,
  };
}

/** A state as a dot and a word: the colour alone says nothing. */
export function TaskStateBadge({ state }: { state: TaskState }) {
  const name = useTaskStateNames()[state];
  return (
    <span className={classes['state']} data-state={state}>
      {name}
    </span>
  );
}
