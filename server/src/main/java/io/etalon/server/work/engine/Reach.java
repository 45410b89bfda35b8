package io.etalon.server.work.engine;

import io.etalon.server.work.review.Seat;

/** Which submissions a person may decide on, whoever wrote them. */
@FunctionalInterface
public interface Reach {
    /** Whatever waits at a stage; neither escalations nor appeals. */
    Reach STAGES = (seat, stage) -> seat == Seat.REVIEW;

    /** @param stage 0 for escalations and appeals, which are offered together whatever their stage */
    boolean reaches(Seat seat, int stage);
}
