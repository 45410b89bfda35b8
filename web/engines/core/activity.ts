/**
 * Counts active time: the time between two signs of life counts when it is not longer than the idle
 * limit, else only the limit's worth after the last sign of life does. One clock per task.
 */
export const IDLE_AFTER_MS = 30_000;

export class ActiveClock {
  readonly #now: () => number;
  readonly #idleAfter: number;
  #counted: number;
  #lastSign: number | undefined;

  /** `now` is a monotonic clock in milliseconds; `startSeconds` was counted in an earlier session. */
  constructor(now: () => number, startSeconds = 0, idleAfter = IDLE_AFTER_MS) {
    this.#now = now;
    this.#counted = startSeconds * 1000;
    this.#idleAfter = idleAfter;
  }

  /** A sign of life: a key, a pointer move, a wheel turn, or the task coming into view. */
  touch(): void {
    const now = this.#now();
    this.#counted += this.#running(now);
    this.#lastSign = now;
  }

  /** The task left the view (another task, a hidden page): time stops until the next sign of life. */
  pause(): void {
    this.#counted += this.#running(this.#now());
    this.#lastSign = undefined;
  }

  /** Seconds counted until now, rounded down to a tenth. */
  get seconds(): number {
    return Math.floor((this.#counted + this.#running(this.#now())) / 100) / 10;
  }

  get idle(): boolean {
    return this.#lastSign === undefined || this.#now() - this.#lastSign > this.#idleAfter;
  }

  #running(now: number): number {
    return this.#lastSign === undefined ? 0 : Math.min(now - this.#lastSign, this.#idleAfter);
  }
}
