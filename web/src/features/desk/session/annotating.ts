import { ApiError } from '@/api/client';
import { EMPTY_ANSWER, type Answer, type Journal, type Ontology, type PushResult, type Scheduler } from '@engines/core';
import { ContentLoader } from './content';
import type { Line } from './conveyor';
import type { Lease, SkipRequest, SubmissionRequest } from '@/api/types';
import { completed, deskApi, type Place } from './desk-api';
import { Piece } from './piece';

/** What ends a lease. */
export type LeaseAct =
  | { readonly kind: 'submit'; readonly body: SubmissionRequest }
  | { readonly kind: 'skip'; readonly body: SkipRequest };

export interface Surroundings {
  readonly journal: Journal;
  readonly scheduler: Scheduler;
  readonly ontology: (version: number) => Promise<Ontology>;
}

/** The line of an annotator: leases. */
export function annotating(place: Place, { journal, scheduler, ontology }: Surroundings): Line<Lease, LeaseAct> {
  const keyOf = (lease: Lease) => `lease/${place.client}/${place.project}/${lease.id}`;
  return {
    place: `annotate/${place.client}/${place.project}`,
    heartbeatSeconds: (lease) => lease.heartbeatSeconds,
    held: () => deskApi.leases(place),
    take: () => deskApi.lease(place),
    beat: (lease) => deskApi.beatLease(place, lease.id, lease.token),
    release: (lease) => deskApi.releaseLease(place, lease.id, lease.token),
    send: async (lease, act, idempotencyKey) => {
      if (act.kind === 'skip') {
        await deskApi.skip(place, lease.id, act.body, idempotencyKey);
        return undefined;
      }
      return (await deskApi.submit(place, lease.id, act.body, idempotencyKey)).next;
    },
    open: async (lease) => {
      const content = new ContentLoader(place, lease.task.asset, lease.task.content);
      const draft = lease.draft && { answer: completed(lease.draft.answer), savedAt: Date.parse(lease.draft.savedAt) };
      return Piece.open({
        journal,
        scheduler,
        key: keyOf(lease),
        asset: lease.task.asset,
        ontology: await ontology(lease.ontologyVersion),
        base: draft?.answer ?? begun(lease),
        draft,
        content,
        push: (answer, activeSeconds) => pushDraft(place, lease, answer, activeSeconds),
      });
    },
  };
}

/** Where nobody has worked on it yet: what came back, or what a model answered. */
function begun({ returned, preLabel }: Lease): Answer {
  const answer = returned?.answer ?? preLabel?.answer;
  return answer === undefined ? EMPTY_ANSWER : completed(answer);
}

async function pushDraft(place: Place, lease: Lease, answer: Answer, activeSeconds: number): Promise<PushResult> {
  try {
    const leaving = document.visibilityState === 'hidden';
    await deskApi.saveDraft(place, lease.id, { token: lease.token, answer, activeSeconds: Math.round(activeSeconds) }, leaving);
    return 'saved';
  } catch (error) {
    const status = error instanceof ApiError ? error.status : 0;
    if (status === 409 || status === 404) return 'lost';
    return status === 400 || status === 413 ? 'refused' : 'unreachable';
  }
}
