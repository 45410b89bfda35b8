package io.etalon.server.job;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.Events;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** A project's jobs: queued, looked at, cancelled, resumed. {@link JobRunner} runs them. Thread-safe. */
@Service
public final class Jobs {
    private static final int LOG_LINES = 100;

    private final TenantScope scope;
    private final ClientKeys keys;
    private final AuditLog audit;
    private final Events events;
    private final Projects projects;
    private final Clock clock;
    private final JobStore store = new JobStore();
    private final DueClients due;
    private final List<Consumer<Wake>> listeners = new CopyOnWriteArrayList<>();

    /**
     * There is something to do.
     *
     * @param cancelled a job that is to stop; null when there may be one to begin
     */
    record Wake(ClientId client, @Nullable UUID cancelled) {}

    Jobs(TenantScope scope, ClientKeys keys, AuditLog audit, Events events, Projects projects, Clock clock) {
        this.scope = scope;
        this.keys = keys;
        this.audit = audit;
        this.events = events;
        this.projects = projects;
        this.clock = clock;
        this.due = new DueClients(scope);
    }

    JobStore store() {
        return store;
    }

    DueClients due() {
        return due;
    }

    void onWake(Consumer<Wake> listener) {
        listeners.add(listener);
    }

    /** Looks whether a client has jobs to begin; to be called after the commit of {@link #queue}. */
    public void wake(ClientId client) {
        listeners.forEach(listener -> listener.accept(new Wake(client, null)));
    }

    /**
     * Queues a job.
     *
     * @param request what it is to do; sealed before it is kept
     * @param total how much there is to do, in the kind's unit; 0 when unknown
     */
    public Job queue(Tx clientTx, ClientCaller caller, NewJob wanted, byte[] request, long total) {
        var client = caller.client().id();
        var job = new Job(
                wanted.id(),
                wanted.project(),
                wanted.kind(),
                JobState.QUEUED,
                caller.person(),
                caller.via(),
                clock.instant(),
                null,
                null,
                0,
                false,
                0,
                total,
                null,
                null);
        due.add(client);
        store.insert(clientTx, job, keys.seal(client, wanted.project(), context(wanted.id()), request));
        tell(clientTx, client, job, caller.person(), caller.via(), JobState.QUEUED.text());
        return job;
    }

    /** A job that is to be queued. */
    public record NewJob(UUID id, ProjectId project, JobKind kind) {}

    private static String context(UUID id) {
        return "job " + id;
    }

    /** What a job was asked to do, opened. */
    public byte[] request(ClientId client, Job job) {
        var sealed = scope.client(client, tx -> store.request(tx, job.id()));
        return keys.open(client, job.project(), context(job.id()), sealed);
    }

    /** Writes a job's change of state into the audit log, and into its own. */
    void tell(Tx tx, ClientId client, Job job, @Nullable PersonId actor, String via, String state) {
        audit.append(
                tx,
                AuditEvent.of(AuditOp.JOB, actor, via, job.project())
                        .with("job", job.id().toString())
                        .with("kind", job.kind().text())
                        .with("state", state)
                        .with("attempt", job.attempt()));
        store.log(tx, job.id(), state, clock.instant());
        events.append(tx, client, job.project(), EventKind.JOB_CHANGED, Map.of("job", job.id()));
    }

    /** @throws EtalonException not found, also when it is another project's */
    public Job get(ClientId client, ProjectId project, UUID id) {
        projects.get(client, project);
        return scope.client(client, tx -> store.find(tx, project, id)).orElseThrow(EtalonException::notFound);
    }

    List<JobStore.LogLine> log(ClientId client, UUID id) {
        return scope.client(client, tx -> store.logLines(tx, id, LOG_LINES));
    }

    /** Newest first, those before a job, or all when it is null. */
    List<Job> list(ClientId client, ProjectId project, @Nullable UUID before, int limit) {
        projects.get(client, project);
        return scope.client(client, tx -> store.list(tx, project, before, limit));
    }

    /** Jobs of a kind in all projects, whatever their state. */
    public List<Job> ofKind(ClientId client, JobKind kind) {
        return scope.client(client, tx -> store.ofKind(tx, kind));
    }

    /** Asks a job to stop: at once when it waits, at the end of its piece of work when it runs. Twice is once. */
    Job cancel(ClientCaller caller, ProjectId project, UUID id) {
        var client = caller.client().id();
        projects.get(client, project);
        var after = scope.client(client, tx -> {
            var job = store.lock(tx, project, id).orElseThrow(EtalonException::notFound);
            switch (job.state()) {
                case QUEUED -> {
                    store.cancelQueued(tx, id, clock.instant());
                    tell(tx, client, job, caller.person(), caller.via(), JobState.CANCELLED.text());
                }
                case RUNNING -> {
                    if (!job.cancelling()) {
                        store.askToCancel(tx, id);
                        tell(tx, client, job, caller.person(), caller.via(), "cancelling");
                    }
                }
                case CANCELLED -> {}
                case DONE, FAILED ->
                    throw new EtalonException(
                            ErrorCode.CONFLICT,
                            "The job is " + job.state().text() + "; one that is queued or running can be cancelled.");
            }
            return store.find(tx, project, id).orElseThrow();
        });
        listeners.forEach(listener -> listener.accept(new Wake(client, id)));
        return after;
    }

    /** Queues a failed or cancelled job again; it goes on where it was. Of one that waits or runs, does nothing. */
    Job resume(ClientCaller caller, ProjectId project, UUID id) {
        var client = caller.client().id();
        projects.get(client, project);
        var after = scope.client(client, tx -> {
            var job = store.lock(tx, project, id).orElseThrow(EtalonException::notFound);
            if (job.state() == JobState.DONE || job.state() == JobState.RUNNING && job.cancelling()) {
                throw new EtalonException(
                        ErrorCode.CONFLICT,
                        "The job is "
                                + (job.cancelling()
                                        ? "being cancelled"
                                        : job.state().text()) + "; one that is failed or cancelled can be resumed.");
            }
            if (job.state().mayBeResumed()) {
                due.add(client);
                store.queueAgain(tx, id);
                tell(tx, client, job, caller.person(), caller.via(), "resumed");
            }
            return store.find(tx, project, id).orElseThrow();
        });
        wake(client);
        return after;
    }
}
