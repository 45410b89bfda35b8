package io.etalon.server.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the API says of jobs. */
public final class JobBodies {
    private JobBodies() {}

    /** A line of a job's log. */
    public record JobLogLine(Instant at, String message) {}

    /**
     * A job.
     *
     * @param done of {@code total}: bytes of an import's file, answers of an export
     * @param log its last lines, oldest first; in a list empty
     */
    public record JobBody(
            UUID id,
            JobKind kind,
            JobState state,
            UUID createdBy,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            int attempt,
            boolean cancelling,
            long done,
            long total,
            @Nullable JobReport report,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String failure,

            List<JobLogLine> log) {

        public static JobBody of(Job job) {
            return of(job, List.of());
        }

        static JobBody of(Job job, List<JobStore.LogLine> log) {
            return new JobBody(
                    job.id(),
                    job.kind(),
                    job.state(),
                    job.by().value(),
                    job.createdAt(),
                    job.startedAt(),
                    job.endedAt(),
                    job.attempt(),
                    job.cancelling(),
                    job.done(),
                    job.total(),
                    job.report(),
                    job.failure(),
                    log.stream()
                            .map(line -> new JobLogLine(line.at(), line.message()))
                            .toList());
        }
    }
}
