/** How long a tab waits for another (or for the page before it) to let go. */
const PATIENCE_MS = 1_000;

/**
 * Holds a name in one tab of the browser at a time, so that two tabs never work on one lease.
 *
 * @param onTaken called when another tab takes the name by force
 * @returns the function that lets go, or undefined when another tab holds the name. Without Web Locks
 *     (a page served over plain HTTP) every tab holds everything.
 */
export async function holdInOneTab(name: string, steal: boolean, onTaken: () => void): Promise<(() => void) | undefined> {
  const { locks } = navigator as { locks?: LockManager };
  if (locks === undefined) return () => undefined;
  return new Promise((settle) => {
    let letGo: () => void = () => undefined;
    let held = false;
    const options: LockOptions = steal ? { steal: true } : { signal: AbortSignal.timeout(PATIENCE_MS) };
    locks
      .request(name, options, () => {
        held = true;
        return new Promise<void>((release) => {
          letGo = release;
          settle(() => letGo());
        });
      })
      .catch(() => (held ? onTaken() : settle(undefined)));
  });
}
