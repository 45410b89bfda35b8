const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
/** How a transit engine's log tells the id: a request has others of its own. */
const HEADER = /x-etalon-unwrap["']?\s*[:=]\s*\[?\s*["']?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/gi;

/** The ids of unwrappings in a keeper's log, or in a list of any form; each once, in their order. */
export function idsIn(text: string): string[] {
  const told = [...text.matchAll(HEADER)].map((match) => match[1] ?? '');
  const ids = told.length > 0 ? told : (text.match(ID) ?? []);
  return [...new Set(ids.map((id) => id.toLowerCase()))];
}
