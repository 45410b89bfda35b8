import { ContentLoader } from '@/features/desk/session/content';
import type { Line } from '@/features/desk/session/conveyor';
import { completed, deskApi, type DecisionBody, type Place, type Review } from '@/features/desk/session/desk-api';
import type { Surroundings } from '@/features/desk/session/annotating';
import { Piece } from '@/features/desk/session/piece';

/** The line of a reviewer: submissions of others. A fix lives in the journal until it is decided. */
export function reviewing(place: Place, { journal, scheduler, ontology }: Surroundings): Line<Review, DecisionBody> {
  const reviews = new HeldReviews(`etalon.reviews/${place.client}/${place.project}`);
  return {
    place: `review/${place.client}/${place.project}`,
    heartbeatSeconds: (review) => review.heartbeatSeconds,
    held: () => reviews.stillHeld((review) => deskApi.beatReview(place, review.id, review.token)),
    take: async (idempotencyKey) => reviews.remember(await deskApi.review(place, idempotencyKey)),
    beat: (review) => deskApi.beatReview(place, review.id, review.token),
    release: (review) => {
      reviews.forget(review);
      return deskApi.releaseReview(place, review.id, review.token);
    },
    send: async (review, body, idempotencyKey) => {
      const { next } = await deskApi.decide(place, review.id, body, idempotencyKey);
      reviews.forget(review);
      return reviews.remember(next ?? undefined);
    },
    open: async (review) =>
      Piece.open({
        journal,
        scheduler,
        key: `review/${place.client}/${place.project}/${review.id}`,
        asset: review.task.asset,
        ontology: await ontology(review.submission.ontologyVersion),
        base: completed(review.submission.answer),
        draft: undefined,
        content: new ContentLoader(place, review.task.asset, review.task.content),
        push: async () => 'saved',
      }),
  };
}

/** The reviews that this tab holds: the server has no list of them, and a reload must find them again. */
class HeldReviews {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  remember(review: Review | undefined): Review | undefined {
    if (review !== undefined) {
      this.#write([...this.#read().filter((other) => other.id !== review.id), review]);
    }
    return review;
  }

  forget(review: Review): void {
    this.#write(this.#read().filter((other) => other.id !== review.id));
  }

  /** Those for which `beat` succeeds; the others are forgotten. */
  async stillHeld(beat: (review: Review) => Promise<unknown>): Promise<Review[]> {
    const reviews = this.#read();
    const alive = await Promise.all(reviews.map((review) => beat(review).then(() => true, () => false)));
    const held = reviews.filter((_review, index) => alive[index]);
    this.#write(held);
    return held;
  }

  #read(): Review[] {
    const kept: unknown = JSON.parse(sessionStorage.getItem(this.#name) ?? '[]');
    return Array.isArray(kept) ? (kept as Review[]) : [];
  }

  #write(reviews: readonly Review[]): void {
    sessionStorage.setItem(this.#name, JSON.stringify(reviews));
  }
}
