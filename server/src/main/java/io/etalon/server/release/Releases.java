package io.etalon.server.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.quality.choice.TruthMethod;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.event.Events;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.project.ProgressSource;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import java.nio.channels.SeekableByteChannel;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Service;

/**
 * Releases: numbered, final, built in the background. A server that is stopped while it builds takes the release up again
 * when it starts. Thread-safe.
 */
@Service
public final class Releases implements SmartInitializingSingleton, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Releases.class);
    private static final int BUILDERS = 2;
    private static final int LONGEST_NOTES = 10_000;

    private record Key(ClientId client, ProjectId project, int number) {}

    /** How far a build is: assets written, and how many there will be. */
    public record BuildProgress(long done, long total) {
        static final BuildProgress NONE = new BuildProgress(0, 0);
    }

    private final TenantScope scope;
    private final Clients clients;
    private final ClientKeys keys;
    private final AuditLog log;
    private final Events events;
    private final Projects projects;
    private final ProgressSource work;
    private final ReleaseBuild build;
    private final ReleaseArchives archives;
    private final Clock clock;
    private final ReleaseStore store = new ReleaseStore();
    private final ConcurrentMap<Key, BuildProgress> building = new ConcurrentHashMap<>();
    private final ExecutorService builders = Executors.newFixedThreadPool(
            BUILDERS, Thread.ofPlatform().name("release-", 0).factory());
    private volatile boolean closing;

    Releases(
            TenantScope scope,
            Clients clients,
            ClientKeys keys,
            AuditLog log,
            Events events,
            Projects projects,
            ProgressSource work,
            ReleaseBuild build,
            ReleaseArchives archives,
            Clock clock) {
        this.scope = scope;
        this.clients = clients;
        this.keys = keys;
        this.log = log;
        this.events = events;
        this.projects = projects;
        this.work = work;
        this.build = build;
        this.archives = archives;
        this.clock = clock;
    }

    /** Takes up what an earlier process began. Keys and logs of all clients are open by now. */
    @Override
    public void afterSingletonsInstantiated() {
        for (var client : clients.all()) {
            scope.client(client.id(), store::building).forEach(release -> start(client.id(), release));
        }
    }

    /** A release that has no number yet. */
    record Draft(ProjectId project, TruthMethod method, Instant createdAt, byte[] sealedNotes) {}

    /**
     * Prepares a release.
     *
     * @throws EtalonException not found; conflict, with what is missing, when no task is finished
     */
    Draft draft(ClientId client, ProjectId project, TruthMethod method, String notes) {
        projects.get(client, project);
        if (notes.length() > LONGEST_NOTES) {
            throw EtalonException.invalidAt(
                    "/notes", "has " + notes.length() + " characters; the most is " + LONGEST_NOTES);
        }
        var progress = work.progress(client, project);
        if (progress.done() == 0) {
            throw new EtalonException(
                    ReleaseCodes.NOTHING_FINISHED,
                    "No task is finished: of " + progress.tasks() + " tasks " + progress.open() + " are open, "
                            + progress.inReview() + " in review and " + progress.returned() + " returned.");
        }
        var now = clock.instant();
        return new Draft(project, method, now, keys.seal(client, project, notesContext(now), notes.getBytes(UTF_8)));
    }

    /** What binds sealed notes to their release. */
    static String notesContext(Instant createdAt) {
        return "notes of the release cut at " + createdAt;
    }

    /** Gives a release its number; {@link #start} builds it after the commit. */
    Release cut(Tx clientTx, ClientCaller caller, Draft draft) {
        var release = new Release(
                draft.project(),
                store.next(clientTx, draft.project()),
                draft.method(),
                ReleaseState.BUILDING,
                caller.person(),
                caller.via(),
                draft.createdAt(),
                null,
                null,
                null);
        store.insert(clientTx, release, draft.sealedNotes());
        ReleaseBuild.tell(events, clientTx, caller.client().id(), release);
        return release;
    }

    /** Builds a release in the background, unless that is under way. */
    void start(ClientId client, Release release) {
        var key = new Key(client, release.project(), release.number());
        if (release.state() == ReleaseState.BUILDING && building.putIfAbsent(key, BuildProgress.NONE) == null) {
            builders.execute(() -> run(key, release));
        }
    }

    private void run(Key key, Release release) {
        try {
            build.run(key.client(), release, (done, total) -> building.replace(key, new BuildProgress(done, total)));
            LOG.info("event=release-ready client={} project={} number={}", key.client(), key.project(), key.number());
        } catch (EtalonException e) {
            fail(key, release, e, String.valueOf(e.getMessage()));
        } catch (Exception e) {
            fail(key, release, e, "The server could not build it; its log has the reason.");
        } finally {
            building.remove(key);
        }
    }

    /** A server that stops leaves the row as it is: the next one goes on. */
    private void fail(Key key, Release release, Exception cause, String failure) {
        if (closing) {
            LOG.info("event=release-interrupted project={} number={}", key.project(), key.number());
            return;
        }
        LOG.warn("event=release-failed project={} number={}", key.project(), key.number(), cause);
        try {
            scope.clientDo(key.client(), tx -> {
                store.failed(tx, release, failure);
                ReleaseBuild.tell(events, tx, key.client(), release);
            });
        } catch (RuntimeException e) {
            LOG.warn("event=release-failure-not-kept project={} number={}", key.project(), key.number(), e);
        }
    }

    /** @throws EtalonException not found */
    public Release get(ClientId client, ProjectId project, int number) {
        projects.get(client, project);
        return scope.client(client, tx -> store.find(tx, project, number)).orElseThrow(EtalonException::notFound);
    }

    /** Newest first, those whose number is below {@code below}. */
    public List<Release> list(ClientId client, ProjectId project, long below, int limit) {
        projects.get(client, project);
        return scope.client(client, tx -> store.list(tx, project, below, limit));
    }

    /** How far the build is. */
    public BuildProgress progress(ClientId client, Release release) {
        var built = release.built();
        return built == null
                ? building.getOrDefault(new Key(client, release.project(), release.number()), BuildProgress.NONE)
                : new BuildProgress(built.assets(), built.assets());
    }

    /** Commits the EXPORT entry, and only then opens the archive; the caller closes it. */
    SeekableByteChannel export(ClientCaller caller, Release release) {
        var client = caller.client().id();
        var logged = release.logged();
        if (logged == null || release.built() == null) {
            throw new EtalonException(ReleaseCodes.NOT_READY, "The release has no archive.");
        }
        scope.clientDo(
                client,
                tx -> log.append(
                        tx,
                        AuditEvent.of(AuditOp.EXPORT, caller.person(), caller.via(), release.project())
                                .with("release", release.number())
                                .with("manifest", logged.manifest())));
        return archives.open(client, release.project(), release.number());
    }

    @Override
    public void close() {
        closing = true;
        builders.shutdownNow();
    }
}
