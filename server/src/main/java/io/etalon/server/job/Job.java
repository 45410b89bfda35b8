package io.etalon.server.job;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as it stands now.
 *
 * @param by who asked for it
 * @param via how that person was known, as the audit log says it
 * @param attempt how often it was begun
 * @param cancelling whether it was asked to stop
 * @param done how much of {@code total} is done, in the kind's unit
 * @param failure why it failed, for its owner to read
 */
public record Job(
        UUID id,
        ProjectId project,
        JobKind kind,
        JobState state,
        PersonId by,
        String via,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        int attempt,
        boolean cancelling,
        long done,
        long total,
        @Nullable JobReport report,
        @Nullable String failure) {}
