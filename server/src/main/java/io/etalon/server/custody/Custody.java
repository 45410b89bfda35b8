package io.etalon.server.custody;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.ProjectId;
import io.etalon.server.custody.KeyBodies.KeysBody;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.Events;
import io.etalon.server.job.Job;
import io.etalon.server.job.JobKind;
import io.etalon.server.job.JobState;
import io.etalon.server.job.Jobs;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.keys.KeyActor;
import io.etalon.server.keys.KeyCare;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;

/** A client's keys and the work on what lies under them, as members ask for it. Thread-safe. */
@Service
public final class Custody {
    static final ErrorCode STILL_IN_USE = ErrorCode.of(
            "key-version-in-use", ErrorKind.CONFLICT, "Something is still sealed under an older version of the key");

    /** What is done to a client's keys, and where it is told. */
    @Component
    record Office(KeyCare care, ClientKeys keys, Events events, Idempotency idempotency, Ids ids) {}

    private final Office office;
    private final TenantScope scope;
    private final Projects projects;
    private final Jobs jobs;

    Custody(Office office, TenantScope scope, Projects projects, Jobs jobs) {
        this.office = office;
        this.scope = scope;
        this.projects = projects;
        this.jobs = jobs;
    }

    KeysBody keys(ClientCaller caller) {
        var client = caller.client().id();
        return KeysBody.of(
                office.care().standing(client),
                office.care().dataKeys(client),
                office.care().keepers(caller.client().slug()));
    }

    /** Has another keep the key; nothing happens when that one does. */
    KeysBody move(ClientCaller caller, String keeper) {
        var client = caller.client().id();
        if (!office.care().standing(client).newest().provider().equals(keeper)) {
            office.care().rotate(client, caller.client().slug(), actor(caller), keeper);
            tell(client);
        }
        return keys(caller);
    }

    KeysBody rotate(ClientCaller caller, Attempt attempt) {
        var client = caller.client().id();
        return once(attempt, KeysBody.class, caller, actor -> {
            var keeper = office.care().standing(client).newest().provider();
            office.care().rotate(client, caller.client().slug(), actor, keeper);
        });
    }

    KeysBody rotateProject(ClientCaller caller, ProjectId project, Attempt attempt) {
        projects.get(caller.client().id(), project);
        return once(
                attempt,
                KeysBody.class,
                caller,
                actor -> office.care().rotateProject(caller.client().id(), actor, project));
    }

    /** The attempt is kept in the control database, since the act takes several transactions of the cell. */
    private KeysBody once(Attempt attempt, Class<KeysBody> type, ClientCaller caller, Consumer<KeyActor> act) {
        return scope.control(tx -> office.idempotency().once(tx, attempt, null, type, same -> {
            act.accept(actor(caller));
            tell(caller.client().id());
            return keys(caller);
        }));
    }

    KeysBody disable(ClientCaller caller) {
        office.care().disable(caller.client().id(), actor(caller));
        tell(caller.client().id());
        return keys(caller);
    }

    KeysBody enable(ClientCaller caller) {
        office.care().enable(caller.client().id(), actor(caller));
        tell(caller.client().id());
        return keys(caller);
    }

    void reach(ClientCaller caller, String keeper) {
        office.care().reach(caller.client().id(), caller.client().slug(), keeper);
    }

    /**
     * Refuses older versions of a project's data key. Another server may have sealed under an older one for a minute after a
     * rotation, so that the work that sealed everything anew must have begun later than that.
     *
     * @throws EtalonException invalid, when there is no such version; conflict, when something may still be under an older one
     */
    KeysBody setMinimum(ClientCaller caller, ProjectId project, int minimum) {
        var client = caller.client().id();
        projects.get(client, project);
        var versions = office.care().dataKeys(client).stream()
                .filter(version -> version.project().equals(project))
                .toList();
        var wanted = versions.stream()
                .filter(version -> version.number() == minimum)
                .findFirst()
                .orElseThrow(() -> EtalonException.invalidAt(
                        "/minimumVersion", "is " + minimum + "; the project's data key has no such version"));
        if (minimum > 1) {
            if (!versions.getFirst().equals(wanted)) {
                throw EtalonException.invalidAt("/minimumVersion", "must be the newest version, or 1 to refuse none");
            }
            var settled = wanted.madeAt().plus(ClientKeys.KEPT_UNWRAPPED);
            var resealed = jobs.ofKind(client, JobKind.REENCRYPTION).stream()
                    .filter(job -> job.project().equals(project) && job.state() == JobState.DONE)
                    .max(Comparator.comparing(Job::createdAt))
                    .filter(job -> !job.createdAt().isBefore(settled));
            var newest = office.keys().newestPrefix(client, project);
            if (resealed.isEmpty() || scope.client(client, tx -> SealedColumns.count(tx, project, newest)) > 0) {
                throw new EtalonException(
                        STILL_IN_USE,
                        "Begin a re-encryption after " + settled + " and let it end, then set the minimum version.");
            }
        }
        office.care().setMinimum(client, actor(caller), project, minimum);
        tell(client);
        return keys(caller);
    }

    /** Queues a scrub or a re-encryption. */
    Job begin(ClientCaller caller, ProjectId project, JobKind kind, Attempt attempt) {
        var client = caller.client().id();
        projects.get(client, project);
        var request = kind.text().getBytes(StandardCharsets.UTF_8);
        UUID id = scope.client(
                client,
                tx -> office.idempotency()
                        .once(
                                tx,
                                attempt,
                                kind.text(),
                                UUID.class,
                                same -> jobs.queue(
                                                same,
                                                caller,
                                                new Jobs.NewJob(office.ids().next(), project, kind),
                                                request,
                                                0)
                                        .id()));
        jobs.wake(client);
        return jobs.get(client, project, id);
    }

    /** What was found broken, in the order of names, after one. */
    List<BrokenStore.Broken> broken(ClientCaller caller, ProjectId project, String after, int limit) {
        var client = caller.client().id();
        projects.get(client, project);
        return scope.client(client, tx -> new BrokenStore().list(tx, project, after, limit));
    }

    private void tell(ClientId client) {
        var standing = office.care().standing(client);
        scope.clientDo(
                client,
                tx -> office.events()
                        .append(
                                tx,
                                client,
                                null,
                                EventKind.KEY_CHANGED,
                                Map.of(
                                        "version",
                                        standing.newest().number(),
                                        "disabled",
                                        standing.disabledAt() != null)));
    }

    private static KeyActor actor(ClientCaller caller) {
        return new KeyActor(caller.person(), caller.via());
    }
}
