package io.etalon.server.work.review;

import io.etalon.server.base.PersonId;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an answer stands on its way through the review.
 *
 * @param route the stages it passes, bit n - 1 for stage n
 * @param stage where it waits or where its last decision was made; 0 when nobody looks at it
 * @param seat in what capacity the next decision is, or the last one was, made
 * @param mended whether a reviewer's answer stands in the place of its author's
 * @param rejected whether it was refused for good; an appeal may follow
 * @param judges who decided on it, in order
 */
public record Way(int route, int stage, Seat seat, boolean mended, boolean rejected, List<PersonId> judges) {
    public Way {
        judges = List.copyOf(judges);
    }

    /** At its first stage, or at none. */
    public static Way begin(int route) {
        return new Way(route, after(route, 0), Seat.REVIEW, false, false, List.of());
    }

    /** The next stage of a route after one; 0 when there is none. */
    public static int after(int route, int stage) {
        var rest = route >>> stage;
        return rest == 0 ? 0 : stage + 1 + Integer.numberOfTrailingZeros(rest);
    }

    /** Whether somebody will look at it at all. */
    public boolean begins() {
        return stage > 0;
    }

    /** Whether no further stage comes after this one. */
    public boolean isLast() {
        return after(route, stage) == 0;
    }

    /** At the stage after this one, which must exist, after somebody took or mended it. */
    public Way onward(PersonId judge, boolean mends) {
        return new Way(route, after(route, stage), Seat.REVIEW, mended || mends, false, with(judge));
    }

    /** Before who decides what a reviewer would not. */
    public Way escalated(PersonId judge) {
        return new Way(route, stage, Seat.ESCALATION, mended, false, with(judge));
    }

    /** Refused: for good, or until its author does it again. */
    public Way refused(PersonId judge, boolean forGood) {
        return new Way(route, stage, seat, mended, forGood, with(judge));
    }

    /** Before who decides on its author's appeal. */
    public Way appealed() {
        return new Way(route, stage, Seat.APPEAL, mended, rejected, judges);
    }

    private List<PersonId> with(PersonId judge) {
        var more = new ArrayList<>(judges);
        more.add(judge);
        return more;
    }
}
