package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import io.etalon.server.work.review.Seat;
import io.etalon.server.work.review.Way;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A submission with what was decided on it, as the tables show it.
 *
 * @param ref on its way, where it stands now
 * @param waits whether somebody is to decide on it
 * @param last the last decision on it but for one on an appeal
 * @param verdict the decision on its author's appeal
 */
record Restored(
        SubmissionRef ref,
        boolean waits,
        @Nullable Decision last,
        @Nullable Decision verdict) {

    /** What a slot is known by before its decisions are read. */
    record Place(int position, List<PersonId> judges) {}

    static Restored read(ResultSet row, long id, Place place) throws SQLException {
        var last = decision(row, "decision");
        var verdict = decision(row, "verdict");
        var appeals = row.getBoolean("appealed") && verdict == null;
        var begun = Way.begin(row.getInt("route"));
        var way = last == null ? begun : stands(row, begun.route(), last, appeals, place.judges());
        var waits = last == null ? way.begins() : appeals || isPassedOn(last, row.getInt("stage"), way);
        var ref = new SubmissionRef(
                id,
                place.position(),
                row.getLong("task"),
                new PersonId(row.getObject("annotator", java.util.UUID.class)),
                row.getInt("round"),
                row.getInt("revision"),
                way,
                isRefusal(last) && !waits ? row.getLong("decided") : 0);
        return new Restored(ref, waits, last, verdict);
    }

    private static @Nullable Decision decision(ResultSet row, String column) throws SQLException {
        var key = row.getString(column);
        return key == null ? null : Decision.ofKey(key);
    }

    private static Way stands(ResultSet row, int route, Decision last, boolean appeals, List<PersonId> judges)
            throws SQLException {
        var stage = row.getInt("stage");
        var mended = row.getBoolean("mended");
        return switch (last) {
            case ACCEPT, FIX -> {
                var next = Way.after(route, stage);
                yield new Way(route, next == 0 ? stage : next, Seat.REVIEW, mended, false, judges);
            }
            case ESCALATE -> new Way(route, stage, Seat.ESCALATION, mended, false, judges);
            case RETURN, REJECT -> {
                var seat = appeals ? Seat.APPEAL : Seat.ofKey(row.getString("seat"));
                yield new Way(route, stage, seat, mended, last == Decision.REJECT, judges);
            }
            case UPHOLD, DISMISS -> throw new IllegalStateException("what was decided on an appeal is read apart");
        };
    }

    private static boolean isPassedOn(Decision last, int stage, Way way) {
        return last == Decision.ESCALATE || !isRefusal(last) && way.stage() != stage;
    }

    private static boolean isRefusal(@Nullable Decision decision) {
        return decision == Decision.RETURN || decision == Decision.REJECT;
    }

    /** Whether it counts for nothing as it is. */
    boolean isRefused() {
        return isRefusal(last) && verdict != Decision.UPHOLD;
    }

    /** Counts it for its author's record, once the last word on it was spoken. */
    void record(WorkQueue queue) {
        if (isRefusal(last)) {
            queue.judged(ref.author(), 1, verdict == Decision.UPHOLD);
        } else if (last != null && !waits) {
            queue.judged(ref.author(), 1, !ref.way().mended());
        }
    }
}
