import { api, path } from '@/api/client';
import type { Answer as SentAnswer, ContentUrl, Deadline, Decided, DecisionRequest, DraftRequest, Lease, Page, Review, SkipRequest, SubmissionRequest, Submitted } from '@/api/types';
import type { Answer } from '@engines/core';

/** The calls of the desk and of review. */

/** Where a project's work is found. */
export interface Place {
  readonly client: string;
  readonly project: string;
}

const at = ({ client, project }: Place, ...rest: (string | number)[]) =>
  path('clients', client, 'projects', project, ...rest);

export const deskApi = {
  viewAsset: (place: Place, asset: string) => api.post<ContentUrl>(at(place, 'assets', asset, 'view')),

  leases: async (place: Place) => (await api.get<Page<Lease>>(at(place, 'leases'))).items,
  lease: (place: Place) => api.post<Lease | undefined>(at(place, 'leases'), {}),
  beatLease: (place: Place, id: number, token: string) => api.post<Deadline>(at(place, 'leases', id, 'heartbeat'), { token }),
  saveDraft: (place: Place, id: number, body: DraftRequest, keepalive: boolean) =>
    api.put<void>(at(place, 'leases', id, 'draft'), body, { keepalive }),
  submit: (place: Place, id: number, body: SubmissionRequest, idempotencyKey: string) =>
    api.post<Submitted>(at(place, 'leases', id, 'submission'), body, { idempotencyKey }),
  skip: (place: Place, id: number, body: SkipRequest, idempotencyKey: string) =>
    api.post<void>(at(place, 'leases', id, 'skip'), body, { idempotencyKey }),
  releaseLease: (place: Place, id: number, token: string) =>
    api.post<void>(at(place, 'leases', id, 'release'), { token }, { keepalive: true }),

  reviews: async (place: Place) => (await api.get<Page<Review>>(at(place, 'reviews'))).items,
  review: (place: Place) => api.post<Review | undefined>(at(place, 'reviews'), {}),
  beatReview: (place: Place, id: number, token: string) => api.post<Deadline>(at(place, 'reviews', id, 'heartbeat'), { token }),
  releaseReview: (place: Place, id: number, token: string) =>
    api.post<void>(at(place, 'reviews', id, 'release'), { token }, { keepalive: true }),
  decide: (place: Place, id: number, body: DecisionRequest, idempotencyKey: string) =>
    api.post<Decided>(at(place, 'reviews', id, 'decision'), body, { idempotencyKey }),
};

/** An answer with the members that may be left out of its shapes. */
export function completed({ answers, shapes }: SentAnswer): Answer {
  return { answers, shapes: shapes.map((shape) => ({ ...shape, attributes: shape.attributes ?? {} })) };
}
