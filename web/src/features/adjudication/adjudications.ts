import { api, path } from '@/api/client';
import type { Adjudication, Deadline, Merge, MergeRequest, Page } from '@/api/types';
import type { Place } from '@/features/desk/session/desk-api';

const at = ({ client, project }: Place, ...rest: (string | number)[]) => path('clients', client, 'projects', project, ...rest);

/** The calls of an adjudicator. */
export const adjudications = {
  /** What is in the hand already, else the next; null when there is none. */
  hold: async (place: Place, signal: AbortSignal): Promise<Adjudication | null> => {
    const { items } = await api.get<Page<Adjudication>>(at(place, 'adjudications'), { signal });
    return items[0] ?? (await api.post<Adjudication | undefined>(at(place, 'adjudications'), undefined, { signal })) ?? null;
  },
  beat: (place: Place, { id, token }: Adjudication) => api.post<Deadline>(at(place, 'adjudications', id, 'heartbeat'), { token }),
  release: (place: Place, { id, token }: Adjudication) => api.post<void>(at(place, 'adjudications', id, 'release'), { token }),
  merge: (place: Place, { id }: Adjudication, body: MergeRequest) => api.post<Merge>(at(place, 'adjudications', id, 'merge'), body),
};
