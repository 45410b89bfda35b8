package io.etalon.server.keys;

import io.etalon.server.base.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a project's data key.
 *
 * @param number from 1; the newest seals
 * @param kek the version of the client's key that wraps it
 * @param refusedAt since when it opens nothing any more
 */
public record DataKeyVersion(
        ProjectId project,
        int number,
        int kek,
        Instant madeAt,
        @Nullable Instant refusedAt) {}
