package io.etalon.server.app;

import io.etalon.server.tenant.TenantScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database's log and the objects reach their archive. A log that does not is kept beside the database, whose disk
 * it fills, and is lost with it. Each look is one query and one listing of a folder. Thread-safe.
 */
final class ArchiveWatch {
    /** A piece of the log that waits for longer is behind: five times as long as a quiet log takes to be archived. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** How archiving goes. */
    enum State {
        /** Nobody asked for it. */
        OFF,
        WELL,
        /** Pieces of the log wait for too long. */
        BEHIND,
        /** The last try failed, or the next one must. */
        FAILING
    }

    /**
     * One look.
     *
     * @param folder null while it is off
     * @param waiting pieces of the log that are to be archived
     * @param waitingSince when the oldest of them was written
     * @param archivedAt when the last one was archived
     * @param failedAt when archiving last failed
     * @param reason what is wrong, a sentence; null when nothing is
     */
    record Standing(
            State state,
            @Nullable String folder,
            int waiting,
            @Nullable Instant waitingSince,
            @Nullable Instant archivedAt,
            @Nullable Instant failedAt,
            @Nullable String reason) {}

    private record Tries(
            @Nullable Instant archived, @Nullable Instant failed) {}

    private record Queue(int waiting, @Nullable Instant oldest) {}

    private final @Nullable Archive archive;
    private final Path data;
    private final TenantScope scope;
    private final Clock clock;

    /**
     * @param archive null when nothing is archived
     * @param data the data directory
     */
    ArchiveWatch(@Nullable Archive archive, Path data, TenantScope scope, Clock clock) {
        this.archive = archive;
        this.data = data;
        this.scope = scope;
        this.clock = clock;
    }

    /** Looks. */
    Standing look() {
        var place = archive;
        if (place == null) {
            return new Standing(State.OFF, null, 0, null, null, null, null);
        }
        var tries = scope.control(tx -> tx.db()
                .sql("select last_archived_time, last_failed_time from pg_stat_archiver")
                .query((row, n) -> new Tries(
                        instant(row.getObject("last_archived_time", OffsetDateTime.class)),
                        instant(row.getObject("last_failed_time", OffsetDateTime.class))))
                .single());
        var queue = queue();
        var fault = place.fault();
        var failed = tries.failed() != null
                && (tries.archived() == null || tries.failed().isAfter(tries.archived()));
        if (fault.isPresent() || failed) {
            return standing(State.FAILING, place, tries, queue, fault.orElse(asLogged()));
        }
        return isBehind(queue)
                ? standing(
                        State.BEHIND,
                        place,
                        tries,
                        queue,
                        "The log is written faster than " + place.folder() + " takes it: " + queue.waiting()
                                + " pieces wait.")
                : standing(State.WELL, place, tries, queue, null);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private boolean isBehind(Queue queue) {
        return queue.oldest() != null && queue.oldest().plus(LONGEST_WAIT).isBefore(clock.instant());
    }

    private Standing standing(State state, Archive place, Tries tries, Queue queue, @Nullable String reason) {
        return new Standing(
                state,
                place.folder().toString(),
                queue.waiting(),
                queue.oldest(),
                tries.archived(),
                tries.failed(),
                reason);
    }

    private String asLogged() {
        return "PostgreSQL could not copy its log; the end of "
                + data.resolve("postgres").resolve("postgres.log") + " says why.";
    }

    /** PostgreSQL marks each piece that is to be archived by an empty file. */
    private Queue queue() {
        var folder = data.resolve("postgres/cluster/pg_wal/archive_status");
        var waiting = 0;
        Instant oldest = null;
        try (var marks = Files.newDirectoryStream(folder, "*.ready")) {
            for (var mark : marks) {
                var at = written(mark);
                if (at.isPresent()) {
                    waiting++;
                    oldest = oldest == null || at.get().isBefore(oldest) ? at.get() : oldest;
                }
            }
        } catch (IOException e) {
            // What cannot be counted is not behind; the tries tell.
            return new Queue(0, null);
        }
        return new Queue(waiting, oldest);
    }

    /** Empty for one that was archived meanwhile. */
    private static Optional<Instant> written(Path mark) {
        try {
            return Optional.of(Files.getLastModifiedTime(mark).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
