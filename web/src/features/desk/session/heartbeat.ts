import { ApiError } from '@/api/client';
import type { Scheduler } from '@engines/core';

/**
 * Tells the server in regular steps that somebody still works on a lease, until it is stopped or the server
 * says that the lease is gone. A step that fails otherwise is simply followed by the next. While nobody is there, steps are
 * left out, and the lease ends by itself.
 */
export class Heartbeat {
  readonly #beat: () => Promise<unknown>;
  readonly #onLost: () => void;
  readonly #scheduler: Scheduler;
  readonly #present: () => boolean;
  readonly #everyMs: number;
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor(options: { everySeconds: number; beat: () => Promise<unknown>; onLost: () => void; scheduler: Scheduler; present?: () => boolean }) {
    this.#beat = options.beat;
    this.#onLost = options.onLost;
    this.#scheduler = options.scheduler;
    this.#present = options.present ?? (() => true);
    this.#everyMs = Math.max(1, options.everySeconds) * 1000;
    this.#schedule();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  /** Says at once that somebody is there again; the promise ends when the server has answered. */
  async now(): Promise<void> {
    this.#cancel?.();
    if (!this.#stopped) await this.#step();
  }

  #schedule(): void {
    this.#cancel = this.#scheduler.after(this.#everyMs, () => void this.#step());
  }

  async #step(): Promise<void> {
    try {
      if (this.#present()) await this.#beat();
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
