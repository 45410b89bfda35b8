package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import io.etalon.server.work.frontier.Claimant;
import io.etalon.server.work.frontier.Frontier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One person's place in one queue: open leases, returned work, counts. Guarded by its own monitor. */
final class PersonDesk {
    final PersonId person;
    final Claimant annotator;
    final List<OpenLease> open = new ArrayList<>();
    /** Returned submissions by claim, until their author takes them again. */
    final Map<Long, SubmissionRef> returned = new HashMap<>();

    int submitted;
    int decided;
    /** Tasks that this person would not do; gold left aside. */
    int skipped;
    /** What became of this person's answers; see {@link io.etalon.server.work.review.Signs.Record}. */
    int judged;

    int sound;

    PersonDesk(PersonId person, Claimant annotator) {
        this.person = person;
        this.annotator = annotator;
    }

    /** Answers given and in work that are no revisions. */
    int taken() {
        var taken = submitted;
        for (var lease : open) {
            taken += lease.kind == OpenLease.Kind.ANNOTATE && lease.past == null ? 1 : 0;
        }
        return taken;
    }

    int openOf(OpenLease.Kind kind) {
        var count = 0;
        for (var lease : open) {
            if (lease.kind == kind && !lease.closing()) {
                count++;
            }
        }
        return count;
    }

    /** The earliest round that is still in this person's hands. */
    int earliestOpenRound() {
        var earliest = Frontier.MAX_ROUNDS;
        for (var lease : open) {
            if (lease.kind == OpenLease.Kind.ANNOTATE && !lease.closing()) {
                earliest = Math.min(earliest, lease.round);
            }
        }
        return earliest;
    }
}
