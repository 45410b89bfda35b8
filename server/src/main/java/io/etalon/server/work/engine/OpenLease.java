package io.etalon.server.work.engine;

import io.etalon.annotation.AssetExtent;
import io.etalon.server.base.PersonId;
import io.etalon.server.work.gold.GoldCourse;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A lease in memory, from its claim until its end is committed. What ends it moves it from {@link Phase#LIVE} to
 * {@link Phase#CLOSING} first, so that of an expiry, a release and a submission at the same moment one alone goes on.
 */
public final class OpenLease {
    /** What a lease is for. */
    public enum Kind {
        ANNOTATE,
        REVIEW
    }

    /** Where a lease stands. */
    enum Phase {
        GRANTING,
        LIVE,
        CLOSING
    }

    public final Kind kind;
    public final PersonId person;
    public final long task;
    final int position;
    public final int round;
    /** To be done again (annotate), or to be judged (review). */
    public final @Nullable SubmissionRef past;

    /** What it shows when its answer is known; set before anybody else sees the lease. */
    GoldCourse.@Nullable Serving gold;
    /** Whether the table is still to learn that this gold was shown. */
    boolean firstServing;

    public final long token;
    public final int ontologyVersion;
    public final int guidelineVersion;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.GRANTING);

    /** Set by the writer before it is told to anybody. */
    volatile long id;

    volatile @Nullable UUID asset;
    /** The asset's size, kept when the lease is shown: answers are checked against it without asking again. */
    private volatile @Nullable AssetExtent extent;

    /** An address that was made with the grant and that nobody was given yet. */
    private final AtomicReference<Showing.@Nullable View> view = new AtomicReference<>();

    volatile long deadline;
    volatile boolean drafted;
    /** Whether the tables may know a pre-label that came with it. */
    volatile boolean preLabelled;

    private @Nullable UUID workforce;
    private long shares;

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
    public record Versions(int ontology, int guideline) {}

    public long id() {
        return id;
    }

    /** For whom its holder works, and the version of the shares under which it was taken; before anybody else sees it. */
    void takenFor(@Nullable UUID whom, long version) {
        workforce = whom;
        shares = version;
    }

    /** Null also of a lease from before the queue was opened. */
    @Nullable
    UUID workforce() {
        return workforce;
    }

    long shares() {
        return shares;
    }

    /** In milliseconds since 1970, by the database's clock. */
    public long deadline() {
        return deadline;
    }

    /** Whether its holder may have a draft of it. */
    public boolean drafted() {
        return drafted;
    }

    public void markDrafted() {
        drafted = true;
    }

    /** Whether it came from a queue that shows pre-labels, so that the tables are worth asking for one. */
    public boolean mayHavePreLabel() {
        return preLabelled;
    }

    void ready(Showing.View made) {
        view.set(made);
    }

    /** The address that was made with the grant, to whoever asks first; its entry is committed. Later ones make their own. */
    public Optional<Showing.View> takeView() {
        return Optional.ofNullable(view.getAndSet(null));
    }

    /** What {@link #showing} kept; null when the lease was not shown since it was made or rebuilt. */
    public @Nullable AssetExtent extent() {
        return extent;
    }

    /** Keeps the size of the asset that its holder is shown. */
    public void showing(@Nullable AssetExtent shown) {
        extent = shown;
    }

    /** Whether its answer is known: nothing that its holder sees may depend on it. */
    public boolean isGold() {
        return gold != null;
    }

    /** Whether its row was written. */
    boolean wasGranted() {
        return phase.get() != Phase.GRANTING;
    }

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

    public String tokenText() {
        return String.format(Locale.ROOT, "%016x", token);
    }

    public SubmissionRef judged() {
        if (past == null) {
            throw new IllegalStateException("a review lease is about a submission");
        }
        return past;
    }

    public UUID assetId() {
        var id = asset;
        if (id == null) {
            throw new IllegalStateException("the asset is known once the lease is committed");
        }
        return id;
    }
}
