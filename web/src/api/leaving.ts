/** Where a merge at work stands in the tab's own store until it is handed in. */
export const MERGES = 'adjudication/';

/**
 * Takes what a client calls its own, and which client it was, out of the browser's stores when somebody signs out. How a person
 * likes to work (language, light, keys) tells of no client and stays.
 */
export function forgetContent(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(MERGES)) sessionStorage.removeItem(key);
    for (const key of Object.keys(localStorage)) if (key === LAST_CLIENT) localStorage.removeItem(key);
  } catch {
    // A forbidden store holds nothing.
  }
}

/** The client that was looked at last. */
export const LAST_CLIENT = 'etalon.client';
