/** A signed head of a log (C2SP tlog-checkpoint), as far as a page shows it. */
export interface Head {
  /** How many entries it covers. */
  size: number;
  /** Who signed: the log itself, then witnesses. */
  signers: string[];
}

/** Null for a text that is no checkpoint. */
export function headOf(text: string): Head | null {
  const cut = text.indexOf('\n\n');
  if (cut < 0) return null;
  const size = Number(text.slice(0, cut).split('\n')[1]);
  if (!Number.isSafeInteger(size) || size < 0) return null;
  const signers = [...text.slice(cut).matchAll(/^\u2014 (\S+) \S+$/gm)].map((match) => match[1] ?? '');
  return { size, signers };
}
