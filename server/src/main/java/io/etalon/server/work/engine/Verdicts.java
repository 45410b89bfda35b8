package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;

/** What follows in memory from a decision, when it is committed. Stateless. */
final class Verdicts {
    private Verdicts() {}

    static void apply(WorkQueue queue, SubmissionRef ref, PersonId judge, Decision decision, long nowMillis) {
        var way = ref.way();
        switch (decision) {
            case ACCEPT -> taken(queue, ref, judge, false);
            case FIX -> taken(queue, ref, judge, true);
            case RETURN -> {
                queue.judged(ref.author(), 1, false);
                queue.book.returned(ref.position());
                queue.giveBack(queue.desk(ref.author()), ref.returned(nowMillis, way.refused(judge, false)));
            }
            case REJECT -> {
                queue.judged(ref.author(), 1, false);
                queue.book.rejected(ref.position());
                queue.tasks.skip(queue.desk(ref.author()).annotator, ref.position(), ref.round());
            }
            case ESCALATE -> {
                queue.book.passedOn(ref.position());
                queue.toReview(ref.at(way.escalated(judge)));
            }
            case UPHOLD -> {
                queue.judged(ref.author(), 0, true);
                if (way.rejected()) {
                    queue.tasks.reinstate(queue.desk(ref.author()).annotator, ref.position(), ref.round());
                }
                queue.book.upheld(ref.position(), !way.rejected());
            }
            case DISMISS -> {
                if (!way.rejected()) {
                    queue.giveBack(queue.desk(ref.author()), ref.returned(nowMillis, way.refused(judge, false)));
                }
            }
        }
    }

    private static void taken(WorkQueue queue, SubmissionRef ref, PersonId judge, boolean mends) {
        var way = ref.way();
        if (!way.isLast()) {
            queue.book.passedOn(ref.position());
            queue.toReview(ref.at(way.onward(judge, mends)));
            return;
        }
        queue.judged(ref.author(), 1, !way.mended() && !mends);
        queue.book.reviewed(ref.position());
    }

    /** The submission's state, in the API's words, right after a decision. */
    static String state(SubmissionRef ref, Decision decision) {
        var way = ref.way();
        return switch (decision) {
            case ACCEPT -> way.isLast() ? way.mended() ? "fixed" : "accepted" : "in_review";
            case FIX -> way.isLast() ? "fixed" : "in_review";
            case RETURN -> "returned";
            case REJECT -> "rejected";
            case ESCALATE -> "escalated";
            case UPHOLD -> "accepted";
            case DISMISS -> way.rejected() ? "rejected" : "returned";
        };
    }
}
