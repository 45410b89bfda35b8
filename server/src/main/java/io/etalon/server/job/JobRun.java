package io.etalon.server.job;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.Tx;
import org.jspecify.annotations.Nullable;

/** One attempt at a job, under the lock that keeps others from it. Thread-safe. */
public final class JobRun {
    /** The attempt is at its end though the job is not done. */
    public static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped(String why) {
            super(why);
        }
    }

    private final ClientId client;
    private final Job job;
    private final byte[] request;
    private final JobStore store;
    private volatile boolean cancelled;
    private volatile boolean ending;

    JobRun(ClientId client, Job job, byte[] request, JobStore store) {
        this.client = client;
        this.job = job;
        this.request = request;
        this.store = store;
    }

    public ClientId client() {
        return client;
    }

    /** As it stood when the attempt began. */
    public Job job() {
        return job;
    }

    /** What was asked for. */
    public byte[] request() {
        return request.clone();
    }

    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** The server ends; another goes on. */
    void end() {
        ending = true;
    }

    /** To be called between pieces of work. */
    public void goOn() {
        if (cancelled || ending) {
            throw new Stopped(cancelled ? "cancelled" : "the server ends");
        }
    }

    /**
     * Commits progress together with what was done: when another server has taken the job up meanwhile, neither counts.
     *
     * @param clientTx in which the work is written
     * @throws Stopped when the job is no longer this attempt's, or is cancelled; the transaction must not be committed
     */
    public void advance(Tx clientTx, long done, long total, @Nullable JobReport report) {
        goOn();
        var cancelling = store.advance(clientTx, job, done, total, report);
        if (cancelling == null) {
            throw new Stopped("another server has it");
        }
        if (cancelling) {
            cancelled = true;
            throw new Stopped("cancelled");
        }
    }
}
