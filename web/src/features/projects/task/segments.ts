/** A stretch of a compared text. */
export interface Segment {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** The earlier text with its changes, stretch by stretch; places are code points of the earlier text, as in the API. */
export function segments(before: string, changes: readonly { readonly at: number; readonly from: string; readonly to: string }[]): Segment[] {
  const points = [...before];
  const made: Segment[] = [];
  const put = (kind: Segment['kind'], text: string) => {
    if (text !== '') made.push({ kind, text });
  };
  let done = 0;
  for (const { at, from, to } of changes) {
    put('same', points.slice(done, at).join(''));
    put('gone', from);
    put('new', to);
    done = at + [...from].length;
  }
  put('same', points.slice(done).join(''));
  return made;
}
