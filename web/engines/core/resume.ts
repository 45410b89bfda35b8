/**
 * Brings together what a reload finds: the journal of this machine and the draft of the server.
 *
 * The newest wins, and the other stays one undo away, so nothing that anybody did is lost.
 */
import type { Work } from './journal';
import { sameAnswer, type Answer } from './model';
import { OperationLog, type Entry, type LogEnvironment } from './operation-log';

export interface ServerDraft {
  readonly answer: Answer;
  /** Milliseconds since the epoch, by the server's clock. */
  readonly savedAt: number;
}

export interface Resumed {
  readonly log: OperationLog;
  /** Entries that were made by bringing the two together and are not in the journal yet. */
  readonly added: readonly Entry[];
  readonly syncedSeq: number;
}

/**
 * @param work what the journal has
 * @param draft what the server has, if anything
 */
export function resume(environment: LogEnvironment, work: Work, draft: ServerDraft | undefined): Resumed {
  const log = new OperationLog(environment, work.base, work.entries);
  const before = log.entries.length;
  const resumed = (): Resumed => ({ log, added: log.entries.slice(before), syncedSeq: work.syncedSeq });
  if (draft === undefined || sameAnswer(draft.answer, log.answer)) {
    return draft === undefined ? resumed() : { ...resumed(), syncedSeq: log.seq };
  }
  if (work.synced !== null && sameAnswer(draft.answer, work.synced)) {
    return resumed(); // The draft is what this machine pushed last: what came after it is newer.
  }
  const mine = log.answer;
  log.edit({ kind: 'replace', from: mine, to: draft.answer });
  if (lastEditAt(work.entries) > draft.savedAt) {
    log.edit({ kind: 'replace', from: draft.answer, to: mine });
    return resumed();
  }
  return { ...resumed(), syncedSeq: log.seq };
}

function lastEditAt(entries: readonly Entry[]): number {
  const last = entries.at(-1);
  if (last === undefined) {
    return Number.NEGATIVE_INFINITY;
  }
  return last.type === 'edit' ? last.operation.at : last.at;
}
