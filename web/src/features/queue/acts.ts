import type { ActRequest, TaskFilter, TaskState } from '@/api/types';
import type { Figure } from './policy';

export type ActName = NonNullable<ActRequest['act']>;

/** An act and its filter as the form holds them. Moments are local, as the browser's field gives them. */
export interface ActDraft {
  readonly state: TaskState | '';
  /** A batch's number, `0` for none of them, empty for all. */
  readonly batch: string;
  readonly priority: Figure;
  readonly assetName: string;
  readonly plannedFrom: string;
  readonly plannedTo: string;
  /** Task numbers such as `3, 7-12`. */
  readonly tasks: string;
  readonly act: ActName;
  readonly toPriority: Figure;
  readonly toBatch: string;
  readonly people: readonly string[];
}

export const NO_ACT: ActDraft = {
  state: '',
  batch: '',
  priority: '',
  assetName: '',
  plannedFrom: '',
  plannedTo: '',
  tasks: '',
  act: 'set_priority',
  toPriority: 10,
  toBatch: '0',
  people: [],
};

/** As many tasks as the server lets one name. */
const MOST_TASKS = 10_000;

/** `3, 7-9` → 3, 7, 8, 9; undefined where it cannot be read or names too many. */
export function taskNumbers(text: string): number[] | undefined {
  const numbers = new Set<number>();
  for (const part of text.split(/[\s,;]+/).filter((piece) => piece !== '')) {
    const match = /^(\d{1,15})(?:[-–](\d{1,15}))?$/.exec(part);
    if (match?.[1] === undefined) return undefined;
    const from = Number(match[1]);
    const to = Number(match[2] ?? match[1]);
    if (to < from || to - from >= MOST_TASKS) return undefined;
    for (let number = from; number <= to; number++) numbers.add(number);
    if (numbers.size > MOST_TASKS) return undefined;
  }
  return [...numbers];
}

/** What is missing before the server can be asked: a field's name. */
export function missingIn(draft: ActDraft): 'tasks' | 'people' | 'toPriority' | undefined {
  if (taskNumbers(draft.tasks) === undefined) return 'tasks';
  if (draft.act === 'assign' && draft.people.length === 0) return 'people';
  if (draft.act === 'set_priority' && draft.toPriority === '') return 'toPriority';
  return undefined;
}

/** Which tasks; what is left empty does not restrict. */
export function filterOf(draft: ActDraft): TaskFilter {
  const tasks = taskNumbers(draft.tasks) ?? [];
  return {
    ...(draft.state === '' ? {} : { state: draft.state }),
    ...(draft.batch === '' ? {} : { batch: Number(draft.batch) }),
    ...(draft.priority === '' ? {} : { priority: Number(draft.priority) }),
    ...(draft.assetName.trim() === '' ? {} : { assetName: draft.assetName.trim() }),
    ...(draft.plannedFrom === '' ? {} : { plannedFrom: instant(draft.plannedFrom) }),
    ...(draft.plannedTo === '' ? {} : { plannedTo: instant(draft.plannedTo) }),
    ...(tasks.length === 0 ? {} : { tasks }),
  };
}

/** The request of a preview; the act itself says besides how many tasks it expects. */
export function requestOf(draft: ActDraft): ActRequest {
  const filter = filterOf(draft);
  switch (draft.act) {
    case 'set_priority':
      return { filter, act: draft.act, priority: Number(draft.toPriority) };
    case 'move':
      return { filter, act: draft.act, batch: Number(draft.toBatch) };
    case 'assign':
      return { filter, act: draft.act, people: [...draft.people] };
    case 'cancel':
    case 'reopen':
    case 'unassign':
      return { filter, act: draft.act };
  }
}

/** A local moment of a browser's field (`2026-11-22T15:00`) as the server takes it. */
export function instant(local: string): string {
  return new Date(local).toISOString();
}
