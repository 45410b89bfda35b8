package io.etalon.server.work.queue;

import io.etalon.server.base.ProjectId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The record of a deletion, of whatever scope.
 *
 * @param filter what was asked for, as JSON; what it says depends on the scope
 * @param answersLeft of single answers how many are deleted still
 * @param purgeAt from when on it is gone for good
 */
record Deletion(
        long id,
        ProjectId project,
        DeletionScope scope,
        String filter,
        Counted counted,
        @Nullable Long answersLeft,
        UUID by,
        Instant at,
        Instant purgeAt,
        @Nullable Instant undoneAt,
        @Nullable UUID undoneBy,
        @Nullable Instant purgedAt) {

    /** How much it took away. */
    record Counted(int tasks, long answers, long decisions, long assets) {}

    /** A deletion that is to be written. */
    record New(long id, ProjectId project, DeletionScope scope, Object filter, Counted counted, UUID by) {}
}
