import { describe, expect, it } from 'vitest';
import type { Work } from './journal';
import { EMPTY_ANSWER, type Answer } from './model';
import { OperationLog } from './operation-log';
import { resume } from './resume';
import { HandClock, logEnvironment } from './testing';

const clock = new HandClock();
const environment = logEnvironment(clock);
const saying = (value: string): Answer => ({ answers: { q: value }, shapes: [] });

function workSaying(value: string, synced: Answer | null = null): Work {
  const log = new OperationLog(environment, EMPTY_ANSWER);
  log.edit({ kind: 'answer', question: 'q', from: null, to: value });
  return { key: 'k', base: EMPTY_ANSWER, entries: log.entries, syncedSeq: 0, synced, activeSeconds: 0 };
}

describe('resuming', () => {
  it('goes on from the journal when the server has no draft', () => {
    const { log, added } = resume(environment, workSaying('here'), undefined);
    expect(log.answer).toEqual(saying('here'));
    expect(added).toEqual([]);
  });

  it('goes on from the journal when the draft is what it pushed before', () => {
    const work = workSaying('here', saying('pushed'));
    const { log, added } = resume(environment, work, { answer: saying('pushed'), savedAt: clock.now() + 9_999 });
    expect(log.answer).toEqual(saying('here'));
    expect(added).toEqual([]);
  });

  it('takes a newer draft of another machine, with its own work one undo away', () => {
    const { log, added, syncedSeq } = resume(environment, workSaying('here'), {
      answer: saying('elsewhere'),
      savedAt: clock.now() + 1,
    });
    expect(log.answer).toEqual(saying('elsewhere'));
    expect(added).toHaveLength(1);
    expect(syncedSeq).toBe(log.seq);
    log.undo();
    expect(log.answer).toEqual(saying('here'));
  });

  it('keeps its newer work, with the older draft one undo away', () => {
    const { log, syncedSeq } = resume(environment, workSaying('here'), {
      answer: saying('elsewhere'),
      savedAt: clock.now() - 1,
    });
    expect(log.answer).toEqual(saying('here'));
    expect(syncedSeq).toBeLessThan(log.seq);
    log.undo();
    expect(log.answer).toEqual(saying('elsewhere'));
  });
});
