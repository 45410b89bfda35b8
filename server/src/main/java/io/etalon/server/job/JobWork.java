package io.etalon.server.job;

import java.io.IOException;
import java.sql.SQLException;

/** What the jobs of one kind do; the feature that knows how is above this one. Thread-safe. */
public interface JobWork {
    JobKind kind();

    /**
     * Does the job from where an earlier attempt left it; returns when it is done. What is committed goes through
     * {@link JobRun#advance} in the same transaction.
     *
     * @throws JobRun.Stopped when it was cancelled, overtaken, or its server ends
     */
    JobReport run(JobRun run) throws IOException, SQLException, InterruptedException;
}
