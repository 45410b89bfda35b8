package io.etalon.cli.transfer;

import io.etalon.cli.terminal.ProgressBar;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Watches a job to its end. Who stops watching does not stop the job, and is told how to watch again. */
final class Following {
    private static final int LOOK_MILLIS = 500;
    private static final int MOST_FAILURES = 60;

    private final Remote remote;
    private final PrintWriter err;
    private final String command;

    /** @param command which follows a job when its id is added */
    Following(Remote remote, PrintWriter err, String command) {
        this.remote = remote;
        this.err = err;
        this.command = command;
    }

    /** @return the job as it ended */
    JsonNode toTheEnd(String id, ProgressBar bar) throws IOException, InterruptedException {
        var hook = new Thread(() -> {
            err.println();
            err.println("The job goes on. Follow it with: " + command + " " + id);
            err.flush();
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            var told = false;
            var never = new CountDownLatch(1);
            var failures = 0;
            while (true) {
                try {
                    var job = remote.job(id);
                    failures = 0;
                    if (!told) {
                        // Not before the server has said that there is such a job.
                        err.println("Job " + id + " is under way.");
                        told = true;
                    }
                    var state = job.path("state").asString();
                    bar.at(job.path("done").asLong(), job.path("total").asLong(), state);
                    if (!state.equals("queued") && !state.equals("running")) {
                        bar.done();
                        return job;
                    }
                } catch (IOException e) {
                    // A server that is started anew goes on with the job.
                    if (++failures > MOST_FAILURES) {
                        throw e;
                    }
                }
                if (never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("nobody counts this latch down");
                }
            }
        } finally {
            release(hook);
        }
    }

    private static void release(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook has its word.
        }
    }
}
