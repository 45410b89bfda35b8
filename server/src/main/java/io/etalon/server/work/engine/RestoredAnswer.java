package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import io.etalon.server.work.review.Seat;
import io.etalon.server.work.review.Way;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An answer with what was decided on it, as the tables show it. One object for all of them, filled anew for each, since
 * most are never looked at again. Not thread-safe.
 */
final class RestoredAnswer {
    /** The order in which decisions on one answer are made. */
    private static final Comparator<Made> IN_TURN =
            Comparator.comparingInt(Made::stage).thenComparing(made -> made.seat);

    long id = -1;
    long task = -1;
    int position;

    @Nullable
    UUID author;

    int round;
    private int revision;
    private int route;
    private boolean appealed;
    private final List<Made> decisions = new ArrayList<>();

    /** The last decision on it but for one on an appeal. */
    private @Nullable Made ruling;

    /** The decision on its author's appeal. */
    private @Nullable Made verdict;

    private boolean mended;

    /** A decision that was made. */
    record Made(Decision decision, int stage, Seat seat, PersonId judge, long at) {
        Made(String decision, int stage, String seat, PersonId judge, long at) {
            this(Decision.ofKey(decision), stage, Seat.ofKey(seat), judge, at);
        }
    }

    void begin(long number, long of, UUID by, int in) {
        id = number;
        task = of;
        author = by;
        round = in;
        decisions.clear();
        ruling = null;
        verdict = null;
        mended = false;
    }

    void set(int revised, int passes, boolean objected) {
        revision = revised;
        route = passes;
        appealed = objected;
    }

    /** In any order. */
    void decided(Made made) {
        decisions.add(made);
    }

    /** All decisions are read. */
    void settle() {
        if (decisions.isEmpty()) {
            return;
        }
        decisions.sort(IN_TURN);
        for (var made : decisions) {
            if (made.seat == Seat.APPEAL) {
                verdict = made;
            } else {
                ruling = made;
                mended |= made.decision == Decision.FIX;
            }
        }
    }

    UUID person() {
        return Objects.requireNonNull(author);
    }

    /** Whether somebody is to decide on it. */
    boolean waits() {
        if (ruling == null) {
            return Way.begin(route).begins();
        }
        return switch (ruling.decision) {
            case ACCEPT, FIX -> Way.after(route, ruling.stage) != 0;
            case ESCALATE -> true;
            case RETURN, REJECT -> appealed && verdict == null;
            case UPHOLD, DISMISS -> throw new IllegalStateException("what was decided on an appeal is read apart");
        };
    }

    /** Whether the last word on it was spoken. */
    boolean isReviewed() {
        return ruling != null && (wasRefused() || !waits());
    }

    /** Whether it was reviewed and stood as its author wrote it. */
    boolean isSound() {
        return wasRefused() ? isUpheld() : !mended;
    }

    /** Whether it counts for nothing as it is. */
    boolean isRefused() {
        return wasRefused() && !isUpheld();
    }

    /** Whether it was refused for good, even if that was taken back. */
    boolean isRejected() {
        return ruling != null && ruling.decision == Decision.REJECT;
    }

    private boolean wasRefused() {
        return isRejected() || ruling != null && ruling.decision == Decision.RETURN;
    }

    private boolean isUpheld() {
        return verdict != null && verdict.decision == Decision.UPHOLD;
    }

    /** On its way, where it stands now. */
    SubmissionRef ref() {
        var last = verdict == null ? ruling : verdict;
        var returnedAt = last != null && wasRefused() && !waits() ? last.at : 0;
        return new SubmissionRef(id, position, task, new PersonId(person()), round, revision, way(), returnedAt);
    }

    private Way way() {
        var made = ruling;
        if (made == null) {
            return Way.begin(route);
        }
        var judges = decisions.stream().map(Made::judge).toList();
        var stage = made.stage;
        return switch (made.decision) {
            case ACCEPT, FIX -> {
                var next = Way.after(route, stage);
                yield new Way(route, next == 0 ? stage : next, Seat.REVIEW, mended, false, judges);
            }
            case ESCALATE -> new Way(route, stage, Seat.ESCALATION, mended, false, judges);
            case RETURN, REJECT -> {
                var seat = appealed && verdict == null ? Seat.APPEAL : made.seat;
                yield new Way(route, stage, seat, mended, isRejected(), judges);
            }
            case UPHOLD, DISMISS -> throw new IllegalStateException("what was decided on an appeal is read apart");
        };
    }
}
