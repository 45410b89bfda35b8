/** Builders and clocks for the engines' own tests. */
import type { BoxShape } from './model';
import type { LogEnvironment } from './operation-log';
import type { Scheduler } from './scheduler';

export function aBox(id: string, x = 0, y = 0, width = 10, height = 10, label = 'coin'): BoxShape {
  return { id, label, type: 'box', x, y, width, height, attributes: {} };
}

/** A clock that only moves when told to; due actions run in order of time. */
export class HandClock implements Scheduler {
  #now = 1_000_000;
  #due: { at: number; action: () => void }[] = [];

  now = (): number => this.#now;

  after(ms: number, action: () => void): () => void {
    const item = { at: this.#now + ms, action };
    this.#due.push(item);
    return () => {
      this.#due = this.#due.filter((other) => other !== item);
    };
  }

  /** Moves on by `ms`, lets promises settle after each action that was due. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#due.filter((item) => item.at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) {
        break;
      }
      this.#due = this.#due.filter((item) => item !== next);
      this.#now = next.at;
      next.action();
      await settle();
    }
    this.#now = end;
    await settle();
  }
}

/** Lets all promises that are ready go on. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** Ids `op-1`, `op-2`, … on the given clock. */
export function logEnvironment(clock: Pick<Scheduler, 'now'>): LogEnvironment {
  let count = 0;
  return { now: clock.now, newId: () => `op-${++count}` };
}

/** A small seeded generator (mulberry32), so that a failing run can be played again from its printed seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
