import { api, path } from '@/api/client';
import type { Asset, Comment, ContentUrl, Submission } from '@/api/types';
import type { Answer, Shape } from '@engines/core';

/** The calls of the desk and of review, and the shapes they carry. */

export interface LeasedTask {
  id: number;
  asset: Asset;
  content: ContentUrl;
}

export interface Lease {
  id: number;
  token: string;
  deadline: string;
  heartbeatSeconds: number;
  round: number;
  task: LeasedTask;
  ontologyVersion: number;
  guidelineVersion: number;
  returned?: { comments: Comment[]; answer: Answer };
  draft?: { answer: Answer; savedAt: string };
}

export type SkipReason = 'unclear' | 'cannot_judge' | 'broken_asset' | 'other';

export interface SubmissionBody {
  token: string;
  answer: Answer;
  activeSeconds: number;
  next: boolean;
}

export interface Submitted {
  submission: { id: number; state: string };
  next: Lease | null;
}

export interface SkipBody {
  token: string;
  reason: SkipReason;
  note?: string;
}

export interface Review {
  id: number;
  token: string;
  deadline: string;
  heartbeatSeconds: number;
  submission: Submission;
  task: LeasedTask;
  others: Submission[];
}

export interface DecisionBody {
  token: string;
  decision: 'accept' | 'fix' | 'return';
  answer?: Answer;
  comments: Comment[];
  next: boolean;
}

export interface Decided {
  submission: Submission;
  next: Review | null;
}

/** Where a project's work is found. */
export interface Place {
  readonly client: string;
  readonly project: string;
}

const at = ({ client, project }: Place, ...rest: (string | number)[]) =>
  path('clients', client, 'projects', project, ...rest);

export const deskApi = {
  viewAsset: (place: Place, asset: string) => api.post<ContentUrl>(at(place, 'assets', asset, 'view')),

  leases: async (place: Place) => (await api.get<{ items: Lease[] }>(at(place, 'leases'))).items,
  lease: (place: Place, idempotencyKey: string) =>
    api.post<Lease | undefined>(at(place, 'leases'), {}, { idempotencyKey }),
  beatLease: (place: Place, id: number, token: string) =>
    api.post<{ deadline: string }>(at(place, 'leases', id, 'heartbeat'), { token }),
  saveDraft: (place: Place, id: number, body: Omit<SubmissionBody, 'next'>, keepalive: boolean) =>
    api.put<void>(at(place, 'leases', id, 'draft'), body, { keepalive }),
  submit: (place: Place, id: number, body: SubmissionBody, idempotencyKey: string) =>
    api.post<Submitted>(at(place, 'leases', id, 'submission'), body, { idempotencyKey }),
  skip: (place: Place, id: number, body: SkipBody, idempotencyKey: string) =>
    api.post<void>(at(place, 'leases', id, 'skip'), body, { idempotencyKey }),
  releaseLease: (place: Place, id: number, token: string) =>
    api.post<void>(at(place, 'leases', id, 'release'), { token }, { keepalive: true }),

  review: (place: Place, idempotencyKey: string) =>
    api.post<Review | undefined>(at(place, 'reviews'), {}, { idempotencyKey }),
  beatReview: (place: Place, id: number, token: string) =>
    api.post<unknown>(at(place, 'reviews', id, 'heartbeat'), { token }),
  releaseReview: (place: Place, id: number, token: string) =>
    api.post<void>(at(place, 'reviews', id, 'release'), { token }, { keepalive: true }),
  decide: (place: Place, id: number, body: DecisionBody, idempotencyKey: string) =>
    api.post<Decided>(at(place, 'reviews', id, 'decision'), body, { idempotencyKey }),
};

/** An answer with the members that the server may leave out. */
export function completed(answer: {
  answers?: Answer['answers'];
  shapes?: readonly (Omit<Shape, 'attributes'> & { attributes?: Shape['attributes'] })[];
}): Answer {
  return {
    answers: answer.answers ?? {},
    shapes: (answer.shapes ?? []).map((shape) => ({ ...shape, attributes: shape.attributes ?? {} })),
  };
}
