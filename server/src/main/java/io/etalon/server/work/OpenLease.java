package io.etalon.server.work;

import io.etalon.annotation.AssetExtent;
import io.etalon.server.base.PersonId;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A lease in memory, from its claim until its end is committed. What ends it moves it from {@link Phase#LIVE} to
 * {@link Phase#CLOSING} first, so that of an expiry, a release and a submission at the same moment one alone goes on.
 */
final class OpenLease {
    /** What a lease is for. */
    enum Kind {
        ANNOTATE,
        REVIEW
    }

    /** Where a lease stands. */
    enum Phase {
        GRANTING,
        LIVE,
        CLOSING
    }

    final Kind kind;
    final PersonId person;
    final long task;
    final int position;
    final int round;
    /** To be done again (annotate), or to be judged (review). */
    final @Nullable SubmissionRef past;

    final long token;
    final int ontologyVersion;
    final int guidelineVersion;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.GRANTING);

    /** Set by the writer before it is told to anybody. */
    volatile long id;

    volatile @Nullable UUID asset;
    /** The asset's size, kept when the lease is shown: answers are checked against it without asking again. */
    volatile @Nullable AssetExtent extent;

    volatile long deadline;
    volatile boolean drafted;

    OpenLease(Kind kind, PersonId person, Place place, @Nullable SubmissionRef past, long token, Versions versions) {
        this.kind = kind;
        this.person = person;
        this.task = place.task();
        this.position = place.position();
        this.round = place.round();
        this.past = past;
        this.token = token;
        this.ontologyVersion = versions.ontology();
        this.guidelineVersion = versions.guideline();
    }

    /** Which slot: the position is in the frontier of the lease's kind. */
    record Place(long task, int position, int round) {}

    /** What the work is done under. */
    record Versions(int ontology, int guideline) {}

    boolean live() {
        return phase.get() == Phase.LIVE;
    }

    void granted(long untilMillis) {
        deadline = untilMillis;
        phase.set(Phase.LIVE);
    }

    /** Whether the caller may end it. */
    boolean close() {
        return phase.compareAndSet(Phase.LIVE, Phase.CLOSING);
    }

    /** The end was not committed: it goes on. */
    void reopen() {
        phase.compareAndSet(Phase.CLOSING, Phase.LIVE);
    }

    boolean closing() {
        return phase.get() == Phase.CLOSING;
    }

    String tokenText() {
        return String.format(Locale.ROOT, "%016x", token);
    }

    SubmissionRef judged() {
        if (past == null) {
            throw new IllegalStateException("a review lease is about a submission");
        }
        return past;
    }

    UUID assetId() {
        var id = asset;
        if (id == null) {
            throw new IllegalStateException("the asset is known once the lease is committed");
        }
        return id;
    }
}
