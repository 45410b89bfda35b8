/**
 * The history of one answer: a base and an append-only list of entries.
 *
 * Undo and redo are entries too, so a reload replays the list and stands where the person stood,
 * with the same steps to undo. Nothing is ever taken out of the list.
 */
import { EMPTY_ANSWER, type Answer } from './model';
import { apply, invert, type Edit } from './operations';

/** One edit with an id; operations of the same `group` are one step for undo. */
export interface Operation {
  readonly id: string;
  /** Milliseconds since the epoch, by the clock of the desk. */
  readonly at: number;
  readonly edit: Edit;
  readonly group: string;
}

export type Entry =
  | { readonly seq: number; readonly type: 'edit'; readonly operation: Operation }
  | { readonly seq: number; readonly type: 'undo' | 'redo'; readonly at: number };

/** What a listener hears: the entry that was appended and the edits it made, in order. */
export interface Change {
  readonly entry: Entry;
  readonly edits: readonly Edit[];
}

export interface LogEnvironment {
  readonly now: () => number;
  readonly newId: () => string;
}

/** Edits of the same thing closer together than this are one step for undo (a held arrow key, typed text). */
const GROUPING_MS = 700;

export class OperationLog {
  readonly base: Answer;
  readonly #environment: LogEnvironment;
  readonly #entries: Entry[] = [];
  readonly #listeners = new Set<(change: Change) => void>();
  #answer: Answer;
  /** Steps that undo walks, oldest first; each is the operations of one group. */
  #done: Operation[][] = [];
  #undone: Operation[][] = [];

  /** A log over `base`; `entries` of an earlier session are replayed. */
  constructor(environment: LogEnvironment, base: Answer = EMPTY_ANSWER, entries: readonly Entry[] = []) {
    this.#environment = environment;
    this.base = base;
    this.#answer = base;
    for (const entry of entries) {
      this.#perform(entry);
    }
  }

  get answer(): Answer {
    return this.#answer;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** The number of the last entry; 0 when nothing happened yet. */
  get seq(): number {
    return this.#entries.at(-1)?.seq ?? 0;
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Applies an edit. `group` joins it with others of the same name; without it, only quick repeats on the same target join. */
  edit(edit: Edit, group?: string): Operation {
    const at = this.#environment.now();
    const id = this.#environment.newId();
    const operation: Operation = { id, at, edit, group: group ?? this.#joinedGroup(edit, at) ?? id };
    this.#append({ seq: this.seq + 1, type: 'edit', operation });
    return operation;
  }

  /** Takes the last step back; false when there is none. */
  undo(): boolean {
    if (!this.canUndo) {
      return false;
    }
    this.#append({ seq: this.seq + 1, type: 'undo', at: this.#environment.now() });
    return true;
  }

  /** Does the last undone step again; false when there is none. */
  redo(): boolean {
    if (!this.canRedo) {
      return false;
    }
    this.#append({ seq: this.seq + 1, type: 'redo', at: this.#environment.now() });
    return true;
  }

  /** Calls `listener` after every entry; returns the function that ends it. */
  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #append(entry: Entry): void {
    if (entry.type === 'edit') {
      apply(this.#answer, entry.operation.edit); // Throws before the history is touched.
    }
    const edits = this.#perform(entry);
    const change: Change = { entry, edits };
    for (const listener of [...this.#listeners]) {
      listener(change);
    }
  }

  #perform(entry: Entry): readonly Edit[] {
    const edits = this.#editsOf(entry);
    let answer = this.#answer;
    for (const edit of edits) {
      answer = apply(answer, edit);
    }
    this.#answer = answer;
    this.#entries.push(entry);
    return edits;
  }

  #editsOf(entry: Entry): readonly Edit[] {
    switch (entry.type) {
      case 'edit': {
        const last = this.#done.at(-1);
        if (last?.[0]?.group === entry.operation.group) {
          last.push(entry.operation);
        } else {
          this.#done.push([entry.operation]);
        }
        this.#undone = [];
        return [entry.operation.edit];
      }
      case 'undo': {
        const step = this.#done.pop() ?? [];
        this.#undone.push(step);
        return step.map((operation) => invert(operation.edit)).reverse();
      }
      case 'redo': {
        const step = this.#undone.pop() ?? [];
        this.#done.push(step);
        return step.map((operation) => operation.edit);
      }
    }
  }

  #joinedGroup(edit: Edit, at: number): string | undefined {
    const last = this.#entries.at(-1);
    if (last?.type !== 'edit' || at - last.operation.at > GROUPING_MS) {
      return undefined;
    }
    const target = targetOf(edit);
    return target !== undefined && target === targetOf(last.operation.edit) ? last.operation.group : undefined;
  }
}

/** What quick repeats of an edit have in common; undefined for edits that are always steps of their own. */
function targetOf(edit: Edit): string | undefined {
  switch (edit.kind) {
    case 'move':
      return `move ${edit.shape}`;
    case 'attribute':
      return typeof edit.to === 'string' ? `attribute ${edit.shape} ${edit.name}` : undefined;
    case 'answer':
      return typeof edit.to === 'string' ? `answer ${edit.question}` : undefined;
    case 'add':
    case 'remove':
    case 'relabel':
    case 'replace':
      return undefined;
  }
}
