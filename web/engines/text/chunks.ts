/** Cuts a long text into pieces that can be shown one by one. Offsets are UTF-16 code units. */
export interface Chunk {
  readonly start: number;
  /** Exclusive; a line break at the end belongs to the chunk but is not shown, since the next one begins a line. */
  readonly end: number;
}

const USUAL = 2_000;
/** A paragraph longer than this is cut at a space, and there shows a line break that is not in the text. */
const LONGEST = 20_000;

/** Cuts at line breaks, so that what is seen is the text itself. Together the chunks are the whole text, in order. */
export function chunksOf(text: string, usual = USUAL, longest = LONGEST): Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  while (start < text.length) {
    const end = endOf(text, start, usual, longest);
    chunks.push({ start, end });
    start = end;
  }
  return chunks;
}

function endOf(text: string, start: number, usual: number, longest: number): number {
  if (text.length - start <= usual) {
    return text.length;
  }
  const line = text.indexOf('\n', start + usual);
  if (line !== -1 && line - start < longest) {
    return line + 1;
  }
  if (text.length - start <= longest) {
    return text.length;
  }
  const space = text.lastIndexOf(' ', start + longest - 1);
  const end = space > start ? space + 1 : start + longest;
  const splitsPair = isHigh(text.charCodeAt(end - 1)) && !Number.isNaN(text.charCodeAt(end));
  return splitsPair ? end + 1 : end;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
