import type { Progress, TaskState } from '@/api/types';

export interface Part {
  state: Exclude<TaskState, 'cancelled'>;
  tasks: number;
  /** Of all tasks; 0 when there are none. */
  share: number;
}

/** The tasks by state in the order in which work flows, the finished first. */
export function parts(progress: Progress): Part[] {
  const part = (state: Part['state'], tasks: number): Part => ({ state, tasks, share: progress.tasks > 0 ? tasks / progress.tasks : 0 });
  return [
    part('done', progress.done),
    part('in_review', progress.inReview),
    part('returned', progress.returned),
    part('open', progress.open),
  ];
}

/** Finished tasks of all tasks, 0 to 1. */
export function share(progress: Progress): number {
  return progress.tasks > 0 ? progress.done / progress.tasks : 0;
}
