import { ApiError } from '@/api/client';
import type { Scheduler } from '@engines/core';

/**
 * Tells the server in regular steps that somebody still works on a lease, until it is stopped or the server
 * says that the lease is gone. A step that fails otherwise is simply followed by the next.
 */
export class Heartbeat {
  readonly #beat: () => Promise<unknown>;
  readonly #onLost: () => void;
  readonly #scheduler: Scheduler;
  readonly #everyMs: number;
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor(options: { everySeconds: number; beat: () => Promise<unknown>; onLost: () => void; scheduler: Scheduler }) {
    this.#beat = options.beat;
    this.#onLost = options.onLost;
    this.#scheduler = options.scheduler;
    this.#everyMs = Math.max(1, options.everySeconds) * 1000;
    this.#schedule();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  #schedule(): void {
    this.#cancel = this.#scheduler.after(this.#everyMs, () => void this.#step());
  }

  async #step(): Promise<void> {
    try {
      await this.#beat();
    } catch (error) {
      if (error instanceof ApiError && (error.status === 409 || error.status === 404) && !this.#stopped) {
        this.stop();
        this.#onLost();
      }
    }
    if (!this.#stopped) {
      this.#schedule();
    }
  }
}
