/**
 * One idempotency key for one act over all its tries. An act is method, address and content; it is unsettled while nobody
 * knows whether the server did it: no answer came, or one that says "not now". Asked again while it is unsettled, it is the same
 * act; after any other answer, the same words are a new one.
 */
export class UnsettledActs {
  /** Far more than a page leaves unsettled; the oldest are forgotten beyond. */
  static readonly #MOST = 50;

  readonly #keys = new Map<string, string>();
  readonly #newKey: () => string;

  constructor(newKey: () => string) {
    this.#newKey = newKey;
  }

  keyOf(act: string): string {
    const known = this.#keys.get(act);
    if (known !== undefined) return known;
    const key = this.#newKey();
    this.#keys.set(act, key);
    const [oldest] = this.#keys.keys();
    if (this.#keys.size > UnsettledActs.#MOST && oldest !== undefined) this.#keys.delete(oldest);
    return key;
  }

  /** The server has done the act, or refused it for good. */
  settle(act: string): void {
    this.#keys.delete(act);
  }
}
