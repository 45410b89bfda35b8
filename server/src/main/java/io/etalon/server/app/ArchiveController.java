package io.etalon.server.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.access.AllowOperator;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the operator is told of the archive that restorations to a point in time need. */
@RestController
@Tag(name = "Installation")
final class ArchiveController {
    private final ArchiveWatch watch;

    ArchiveController(ArchiveWatch watch) {
        this.watch = watch;
    }

    /**
     * How archiving goes.
     *
     * @param state {@code off}, {@code well}, {@code behind} or {@code failing}
     * @param waiting pieces of the database's log that are to be archived
     * @param reason what is wrong
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ArchiveStanding")
    record ArchiveView(
            String state,
            @Nullable String folder,
            int waiting,
            @Nullable Instant waitingSince,
            @Nullable Instant archivedAt,
            @Nullable Instant failedAt,
            @Nullable String reason) {}

    /** Whether the database's log and the objects reach their archive, and why not. */
    @GetMapping("/api/v1/operator/archive")
    @AllowOperator
    ArchiveView archiveStanding() {
        var seen = watch.look();
        return new ArchiveView(
                seen.state().name().toLowerCase(Locale.ROOT),
                seen.folder(),
                seen.waiting(),
                seen.waitingSince(),
                seen.archivedAt(),
                seen.failedAt(),
                seen.reason());
    }
}
