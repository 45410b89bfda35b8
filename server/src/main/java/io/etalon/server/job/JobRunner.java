package io.etalon.server.job;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.tenant.TenantScope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Runs jobs, a few at a time. A job that its server died with is still called running, and its lock is free: whoever looks
 * next takes it up. That is at the start of any server, when a job is queued, and every quarter of a minute. Thread-safe.
 */
@Component
final class JobRunner implements SmartInitializingSingleton, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final int AT_ONCE = 2;
    private static final int LOOK_SECONDS = 15;
    private static final int RETRY_SECONDS = 5;
    private static final int LONGEST_RETRY_SECONDS = 60;

    private final TenantScope scope;
    private final Jobs jobs;
    private final JobStore store;
    private final ObjectProvider<JobWork> works;
    private final ObjectProvider<JobPlace> place;
    private final Clock clock;
    private final ConcurrentMap<UUID, JobRun> running = new ConcurrentHashMap<>();
    /** Looks that are under way or wait for a thread. */
    private final ConcurrentMap<ClientId, DueClients.Due> looked = new ConcurrentHashMap<>();

    private final ExecutorService threads = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().name("job-", 0).factory());
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("job-look").factory());
    private volatile boolean closing;

    JobRunner(
            TenantScope scope, Jobs jobs, ObjectProvider<JobWork> works, ObjectProvider<JobPlace> place, Clock clock) {
        this.place = place;
        this.scope = scope;
        this.jobs = jobs;
        this.store = jobs.store();
        this.works = works;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        jobs.onWake(wake -> {
            var cancelled = wake.cancelled() == null ? null : running.get(wake.cancelled());
            if (cancelled != null) {
                cancelled.cancel();
            }
            look(wake.client());
        });
        looks.scheduleWithFixedDelay(this::lookAtAll, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void lookAtAll() {
        try {
            for (var due : jobs.due().all()) {
                if (looked.putIfAbsent(due.client(), due) == null) {
                    threads.execute(() -> lookAt(due));
                }
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("event=job-look-refused");
        } catch (RuntimeException e) {
            if (!closing) {
                LOG.warn("event=job-look-failed reason={}", e.toString());
            }
        }
    }

    private void lookAt(DueClients.Due due) {
        try {
            if (runAll(due.client())
                    && scope.client(due.client(), store::unfinished).isEmpty()) {
                jobs.due().remove(due);
            }
        } catch (RuntimeException e) {
            if (!closing) {
                LOG.warn("event=job-look-failed client={} reason={}", due.client(), e.toString());
            }
        } finally {
            looked.remove(due.client());
        }
    }

    private void look(ClientId client) {
        try {
            threads.execute(() -> runAll(client));
        } catch (RejectedExecutionException e) {
            LOG.debug("event=job-look-refused client={}", client);
        }
    }

    /** Runs jobs of a client until none is left that could be begun; false when that failed. */
    private boolean runAll(ClientId client) {
        try {
            while (!closing && runNext(client)) {
                LOG.debug("event=job-next client={}", client);
            }
            return !closing;
        } catch (SQLException | RuntimeException e) {
            if (!closing) {
                LOG.warn("event=job-look-failed client={} reason={}", client, e.toString());
                again(client, 0);
            }
            return false;
        }
    }

    private boolean runNext(ClientId client) throws SQLException {
        var unfinished = scope.client(client, store::unfinished);
        if (unfinished.isEmpty() || !place.stream().allMatch(one -> one.isHere(client))) {
            return false;
        }
        for (var job : unfinished) {
            try (var lease = Lease.take(scope.dedicated(client), job)) {
                if (lease != null) {
                    Optional<Job> begun = scope.client(client, tx -> {
                        var attempt = store.begin(tx, job, clock.instant());
                        attempt.ifPresent(one -> jobs.tell(tx, client, one, null, "system", JobState.RUNNING.text()));
                        return attempt;
                    });
                    return begun.isEmpty() || run(client, begun.get());
                }
            }
        }
        return false;
    }

    /** Returns whether others may be begun now. */
    private boolean run(ClientId client, Job job) {
        var run = new JobRun(client, job, jobs.request(client, job), store);
        if (job.cancelling()) {
            run.cancel();
        }
        running.put(job.id(), run);
        try {
            if (closing) {
                run.end();
            }
            run.goOn();
            end(client, job, JobState.DONE, work(job.kind()).run(run), null);
            return true;
        } catch (JobRun.Stopped e) {
            if (run.isCancelled()) {
                end(client, job, JobState.CANCELLED, null, null);
            }
            return run.isCancelled();
        } catch (EtalonException e) {
            if (e.code().kind() == ErrorKind.EXHAUSTED) {
                LOG.warn("event=job-waits client={} job={} reason={}", client, job.id(), e.toString());
                again(client, job.attempt());
                return false;
            }
            return failed(client, job, e, String.valueOf(e.getMessage()));
        } catch (Exception e) {
            return failed(client, job, e, "The server could not finish it; its log has the reason.");
        } finally {
            running.remove(job.id());
        }
    }

    private JobWork work(JobKind kind) {
        Map<JobKind, JobWork> byKind = works.stream().collect(Collectors.toMap(JobWork::kind, work -> work));
        var work = byKind.get(kind);
        if (work == null) {
            throw new IllegalStateException("nothing knows how to do a job of kind " + kind);
        }
        return work;
    }

    /** What a server that ends leaves behind is no failure: the next one goes on. */
    private boolean failed(ClientId client, Job job, Exception cause, String failure) {
        if (closing) {
            LOG.info("event=job-interrupted client={} job={}", client, job.id());
            return false;
        }
        if (cause instanceof EtalonException told && told.code().kind() != ErrorKind.INTERNAL) {
            LOG.info("event=job-refused client={} job={} reason={}", client, job.id(), failure);
        } else {
            LOG.warn("event=job-failed client={} job={}", client, job.id(), cause);
        }
        end(client, job, JobState.FAILED, null, failure);
        return true;
    }

    private void end(ClientId client, Job job, JobState state, @Nullable JobReport report, @Nullable String failure) {
        scope.clientDo(client, tx -> {
            if (store.end(tx, job, state, report, failure, clock.instant())) {
                jobs.tell(tx, client, job, null, "system", state.text());
            }
        });
        LOG.info(
                "event=job-{} client={} kind={} job={}",
                state.text(),
                client,
                job.kind().text(),
                job.id());
    }

    private void again(ClientId client, int attempts) {
        var seconds = Math.min(LONGEST_RETRY_SECONDS, RETRY_SECONDS * Math.max(1, attempts));
        try {
            looks.schedule(() -> look(client), seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("event=job-retry-refused client={}", client);
        }
    }

    @Override
    public void close() {
        closing = true;
        looks.shutdownNow();
        running.values().forEach(JobRun::end);
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("event=jobs-still-running");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The lock of a session: it ends when its connection does, whatever became of the server. */
    private record Lease(Connection connection) implements AutoCloseable {

        /** Null when another has it. Imports of one project share a lock: they take turns. */
        static @Nullable Lease take(Connection connection, Job job) throws SQLException {
            var subject = switch (job.kind()) {
                case IMPORT -> "import into " + job.project();
                case EXPORT -> "export " + job.id();
                case SCRUB -> "scrub of " + job.project();
                case REENCRYPTION -> "reencryption of " + job.project();
            };
            var taken = false;
            try (var statement = connection.prepareStatement("select pg_try_advisory_lock(hashtextextended(?, 0))")) {
                statement.setString(1, "etalon job " + subject);
                try (var row = statement.executeQuery()) {
                    taken = row.next() && row.getBoolean(1);
                }
                connection.commit();
            } finally {
                if (!taken) {
                    connection.close();
                }
            }
            return taken ? new Lease(connection) : null;
        }

        @Override
        public void close() throws SQLException {
            try (connection;
                    var statement = connection.createStatement()) {
                statement.execute("select pg_advisory_unlock_all()");
                connection.commit();
            }
        }
    }
}
