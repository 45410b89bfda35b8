package io.etalon.server.exit;

import com.fasterxml.jackson.annotation.JsonValue;
import io.etalon.server.base.PersonId;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An archive of everything that a client owns here.
 *
 * @param made null until it is ready
 * @param failure null unless it failed
 */
record ClientExport(
        UUID id,
        State state,
        PersonId createdBy,
        Instant createdAt,
        @Nullable Made made,
        @Nullable String failure) {

    enum State {
        BUILDING,
        READY,
        FAILED;

        /** As the database and the API write it. */
        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A ready archive.
     *
     * @param content digest of the canonical content
     * @param sha256 digest of the file
     * @param files files of content
     * @param entries entries of the log that came along
     */
    record Made(String content, String sha256, long size, long files, long entries, Instant at) {}
}
