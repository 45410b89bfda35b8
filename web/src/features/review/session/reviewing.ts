import { ContentLoader } from '@/features/desk/session/content';
import type { Line } from '@/features/desk/session/conveyor';
import { completed, deskApi, type Place } from '@/features/desk/session/desk-api';
import type { DecisionRequest, Review } from '@/api/types';
import type { Surroundings } from '@/features/desk/session/annotating';
import { Piece } from '@/features/desk/session/piece';

/** The line of a reviewer: submissions of others. A fix lives in the journal until it is decided. */
export function reviewing(place: Place, { journal, scheduler, ontology }: Surroundings): Line<Review, DecisionRequest> {
  return {
    place: `review/${place.client}/${place.project}`,
    heartbeatSeconds: (review) => review.heartbeatSeconds,
    held: () => deskApi.reviews(place),
    take: () => deskApi.review(place),
    beat: (review) => deskApi.beatReview(place, review.id, review.token),
    release: (review) => deskApi.releaseReview(place, review.id, review.token),
    send: async (review, body, idempotencyKey) => (await deskApi.decide(place, review.id, body, idempotencyKey)).next,
    open: async (review) =>
      Piece.open({
        journal,
        scheduler,
        key: `review/${place.client}/${place.project}/${review.id}`,
        asset: review.task.asset,
        ontology: await ontology(review.submission.ontologyVersion),
        // What an earlier stage made of it counts, where there was one.
        base: completed(review.current ?? review.submission.answer),
        draft: undefined,
        content: new ContentLoader(place, review.task.asset, review.task.content),
        push: async () => 'saved',
      }),
  };
}
