/** Exponential back-off with full jitter (M. Brooker, "Exponential Backoff And Jitter", 2015). */
export interface Backoff {
  readonly firstMs: number;
  readonly maxMs: number;
}

/** The wait before try number `attempt` (1 = first repeat); `random` gives [0, 1). At least a quarter of the step. */
export function waitBefore(attempt: number, { firstMs, maxMs }: Backoff, random: () => number): number {
  const step = Math.min(maxMs, firstMs * 2 ** (attempt - 1));
  return step * (0.25 + 0.75 * random());
}
