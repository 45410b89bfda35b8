package io.etalon.server.gold;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.project.Project;
import io.etalon.server.qualification.Qualifications;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.LeaseRule;
import io.etalon.server.work.gold.GoldSchedule;
import io.etalon.server.work.gold.GoldSetting;
import io.etalon.server.work.gold.GoldSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/**
 * What is asked at every claim: how a project uses gold, who is paused, who sits an exam. Kept in memory: a change made
 * here bites at once, one made by another process within ten seconds. Thread-safe.
 */
@Component
final class GoldRoster implements GoldSource, LeaseRule {
    private static final Duration AGE = Duration.ofSeconds(10);

    private record Place(ClientId client, ProjectId project) {}

    private record Known(GoldPolicy policy, List<Pause> pauses, Instant until) {
        List<Pause> of(PersonId person) {
            return pauses.stream()
                    .filter(pause -> pause.person().equals(person))
                    .toList();
        }
    }

    private final TenantScope scope;
    private final AuditLog audit;
    private final Qualifications qualifications;
    private final Clock clock;
    private final InstallationSecret secret;
    private final ObjectMapper json;
    private final GoldStore store = new GoldStore();
    private final PauseStore pauses = new PauseStore();
    private final ConcurrentMap<Place, Known> known = new ConcurrentHashMap<>();
    private final Set<Place> met = ConcurrentHashMap.newKeySet();
    private volatile BiConsumer<ClientId, ProjectId> firstMeeting = (client, project) -> {};

    GoldRoster(
            TenantScope scope,
            AuditLog audit,
            Qualifications qualifications,
            Clock clock,
            InstallationSecret secret,
            ObjectMapper json) {
        this.scope = scope;
        this.audit = audit;
        this.qualifications = qualifications;
        this.clock = clock;
        this.secret = secret;
        this.json = json;
    }

    /** Told of each project when this process first hears of it. */
    void onFirstMeeting(BiConsumer<ClientId, ProjectId> listener) {
        firstMeeting = listener;
    }

    /** Something that is kept here was changed, and the change has committed. */
    void forget(ClientId client, ProjectId project) {
        known.remove(new Place(client, project));
    }

    private Known known(ClientId client, ProjectId project) {
        var place = new Place(client, project);
        var now = clock.instant();
        var found = known.get(place);
        if (found != null && now.isBefore(found.until())) {
            return found;
        }
        // In the map's own lock of this entry: a change that comes meanwhile forgets what is read here, not the
        // reverse.
        var read = known.compute(
                place,
                (key, old) -> scope.client(
                        client, tx -> new Known(policy(tx, project), pauses.all(tx, project), now.plus(AGE))));
        if (met.add(place)) {
            firstMeeting.accept(client, project);
        }
        return read;
    }

    GoldPolicy policy(ClientId client, ProjectId project) {
        return known(client, project).policy();
    }

    /** The policy as a transaction sees it. */
    GoldPolicy policy(Tx tx, ProjectId project) {
        return store.policy(tx, project)
                .map(row -> json.readValue(row.body(), GoldPolicy.class))
                .orElse(GoldPolicy.NONE);
    }

    @Override
    public GoldSetting load(Tx clientTx, ProjectId project) {
        var policy = policy(clientTx, project);
        var exam = policy.exam();
        return new GoldSetting(
                policy.atWork()
                        ? new GoldSchedule(secret.derive("gold schedule " + project), policy.block(), policy.gold())
                        : null,
                store.items(clientTx, project),
                exam == null ? Set.of() : Set.copyOf(exam.items()));
    }

    @Override
    public GoldSource.@Nullable Exam exam(ClientId client, ProjectId project, PersonId person) {
        var now = known(client, project);
        var exam = now.policy().exam();
        if (exam == null || qualifications.of(client, person).contains(exam.qualification())) {
            return null;
        }
        return new GoldSource.Exam(attempt(now.of(person)), exam.size());
    }

    /** The number of the try that comes after the failed ones. */
    static int attempt(List<Pause> ofPerson) {
        return 1
                + (int) ofPerson.stream()
                        .filter(pause -> pause.reason().equals(Pause.EXAM))
                        .count();
    }

    @Override
    public Optional<String> deny(ClientCaller caller, Project project) {
        var client = caller.client().id();
        var now = clock.instant();
        for (var pause : known(client, project.id()).of(caller.person())) {
            if (pause.isOn(now)) {
                scope.clientDo(
                        client,
                        tx -> audit.append(
                                tx,
                                AuditEvent.of(AuditOp.WALL_DENY, caller.person(), caller.via(), project.id())
                                        .with("rule", GoldCodes.WORK_PAUSED.name())
                                        .with("pause", pause.id())));
                throw new EtalonException(GoldCodes.WORK_PAUSED, told(pause));
            }
        }
        return Optional.empty();
    }

    private static String told(Pause pause) {
        var what = pause.reason().equals(Pause.EXAM)
                ? "You have not passed the entry exam of this project."
                : "Your work in this project is paused since " + pause.at()
                        + ", because too many of your answers to tasks with a known answer were wrong.";
        var until = pause.until();
        return what
                + (until == null
                        ? " Ask a quality lead of the project, who sees the evidence and can lift the pause."
                        : " You may try again from " + until + "; a quality lead can let you try earlier.");
    }
}
