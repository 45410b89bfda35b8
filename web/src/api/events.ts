import { apiUrl } from './client';

/** What can be heard of a project; the names are the server's. */
export const eventKinds = [
  'project.changed',
  'assets.added',
  'tasks.planned',
  'tasks.deleted',
  'tasks.restored',
  'answers.deleted',
  'answers.restored',
  'work.done',
  'job.changed',
  'release.changed',
  'routing.changed',
  'vendor.drained',
  'break-glass.changed',
] as const;
export type EventKind = (typeof eventKinds)[number];

export interface Listener {
  /** What has happened since the last call: each kind once, however often it came. */
  onNews: (kinds: ReadonlySet<EventKind>) => void;
  /** Whether events come now; while they do not, somebody has to poll. */
  onLive: (live: boolean) => void;
}

/** However much happens, a screen is drawn anew once in this time. */
const GATHER_MS = 1000;

/**
 * Follows an address of server-sent events until the returned function is called. The browser reconnects by itself and
 * resumes after the last event it heard; where the server refuses for good, it stays silent and polling goes on.
 */
export function follow(apiPath: string, listener: Listener): () => void {
  const source = new EventSource(apiUrl(apiPath));
  const waiting = new Set<EventKind>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = () => {
    timer = undefined;
    const kinds = new Set(waiting);
    waiting.clear();
    listener.onNews(kinds);
  };
  source.addEventListener('ready', () => listener.onLive(true));
  source.addEventListener('error', () => listener.onLive(false));
  for (const kind of eventKinds) {
    source.addEventListener(kind, () => {
      waiting.add(kind);
      timer ??= setTimeout(tell, GATHER_MS);
    });
  }
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
