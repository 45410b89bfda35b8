package io.etalon.server.release;

import io.etalon.quality.choice.TruthMethod;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A release of a project.
 *
 * @param number from 1 in each project, without a gap
 * @param logged what the log's entry binds; null until it is written
 * @param built the archive; null until it is in its place
 * @param failure why there is none, for people; null unless it failed
 */
public record Release(
        ProjectId project,
        int number,
        TruthMethod method,
        ReleaseState state,
        PersonId createdBy,
        String via,
        Instant createdAt,
        @Nullable Logged logged,
        @Nullable Built built,
        @Nullable String failure) {

    /**
     * The RELEASE entry.
     *
     * @param event its id in the log's waiting room
     * @param manifest SHA-256 of manifest.txt, hexadecimal
     * @param sums SHA-256 of SHA256SUMS, hexadecimal
     */
    public record Logged(long event, String manifest, String sums) {}

    /**
     * The archive.
     *
     * @param sha256 of all its bytes, hexadecimal
     * @param assets how many it holds
     * @param size in bytes
     * @param auditIndex the RELEASE entry's place in the log
     */
    public record Built(String sha256, long assets, long size, long auditIndex) {}
}
