package io.etalon.server.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.quality.choice.TruthMethod;
import io.etalon.server.quality.MethodNames;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the release addresses take and give. */
final class ReleaseBodies {
    private ReleaseBodies() {}

    record NewRelease(
            @Schema(implementation = TruthMethod.class) String method,
            @Nullable String notes) {}

    record ReleaseBody(
            int number,
            ReleaseState state,
            Releases.BuildProgress progress,
            @Nullable String manifestSha256,
            @Nullable Long assets,
            @Nullable Long size,
            @Schema(implementation = TruthMethod.class) String method,
            Instant createdAt,
            @Nullable Long auditIndex,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String failure) {

        static ReleaseBody of(Release release, Releases.BuildProgress progress) {
            var built = release.built();
            var logged = release.logged();
            return new ReleaseBody(
                    release.number(),
                    release.state(),
                    progress,
                    built == null || logged == null ? null : logged.manifest(),
                    built == null ? null : built.assets(),
                    built == null ? null : built.size(),
                    MethodNames.of(release.method()),
                    release.createdAt(),
                    built == null ? null : built.auditIndex(),
                    release.failure());
        }
    }
}
