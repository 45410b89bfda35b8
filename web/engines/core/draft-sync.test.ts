import { describe, expect, it } from 'vitest';
import { DraftSync, type PushResult } from './draft-sync';
import { EMPTY_ANSWER, type Answer } from './model';
import { OperationLog } from './operation-log';
import { HandClock, logEnvironment } from './testing';

function aSync(results: PushResult[] = []) {
  const clock = new HandClock();
  const log = new OperationLog(logEnvironment(clock), EMPTY_ANSWER);
  const pushed: Answer[] = [];
  const synced: number[] = [];
  const sync = new DraftSync({
    log,
    syncedSeq: 0,
    push: async (answer) => {
      pushed.push(answer);
      return results.shift() ?? 'saved';
    },
    onSynced: (seq) => synced.push(seq),
    scheduler: clock,
    random: () => 1,
  });
  const answer = (value: string) => log.edit({ kind: 'answer', question: 'q', from: log.answer.answers['q'] ?? null, to: value });
  return { clock, log, sync, pushed, synced, answer };
}

describe('the background sync', () => {
  it('pushes once, after a pause, what many edits made', async () => {
    const { clock, sync, pushed, answer } = aSync();
    for (const value of ['a', 'ab', 'abc']) {
      answer(value);
      await clock.pass(100);
    }
    expect(sync.state).toEqual({ kind: 'saving' });
    expect(pushed).toHaveLength(0);
    await clock.pass(1_000);
    expect(pushed.map((sent) => sent.answers['q'])).toEqual(['abc']);
    expect(sync.state).toEqual({ kind: 'saved' });
  });

  it('does not wait for a pause that never comes', async () => {
    const { clock, pushed, answer } = aSync();
    for (let i = 0; i < 20; i++) {
      answer(`v${i}`);
      await clock.pass(400);
    }
    expect(pushed.length).toBeGreaterThanOrEqual(1);
  });

  it('counts the changes it keeps while the server is away, and sends them when it is back', async () => {
    const { clock, sync, pushed, synced, answer } = aSync(['unreachable', 'unreachable']);
    answer('a');
    await clock.pass(900);
    expect(sync.state).toEqual({ kind: 'offline', kept: 1 });
    answer('b');
    answer('c');
    expect(sync.state).toEqual({ kind: 'offline', kept: 3 });
    await clock.pass(1_100);
    expect(sync.state).toEqual({ kind: 'offline', kept: 3 });
    await clock.pass(2_100);
    expect(sync.state).toEqual({ kind: 'saved' });
    expect(pushed.at(-1)?.answers).toEqual({ q: 'c' });
    expect(synced).toEqual([3]);
  });

  it('waits longer after each failure', async () => {
    const { clock, pushed, answer } = aSync(Array.from({ length: 50 }, () => 'unreachable' as const));
    answer('a');
    await clock.pass(60_000);
    // 0.8 s, then waits of 1, 2, 4, 8, 16 and 30 s.
    expect(pushed).toHaveLength(6);
  });

  it('saves now when asked, without waiting', async () => {
    const { sync, pushed, answer } = aSync();
    answer('a');
    await sync.syncNow();
    expect(pushed).toHaveLength(1);
    expect(sync.state).toEqual({ kind: 'saved' });
  });

  it('stops when the lease is lost and says how much is only here', async () => {
    const { clock, sync, pushed, answer } = aSync(['lost']);
    answer('a');
    await clock.pass(1_000);
    answer('b');
    await clock.pass(60_000);
    expect(sync.state).toEqual({ kind: 'stopped', kept: 2, reason: 'lost' });
    expect(pushed).toHaveLength(1);
  });
});
