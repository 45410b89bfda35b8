package io.etalon.server.quality;

import io.etalon.quality.choice.TruthMethod;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.Assets;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.EffectiveAnswer;
import io.etalon.server.work.Tasks;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/**
 * Projects' agreement, consensus and skill. What was computed once serves until the work or the ontology moves on; two who
 * ask at once wait for one computation. Thread-safe.
 */
@Service
public final class Qualities {
    private record Place(ClientId client, ProjectId project) {}

    private record Version(long work, int ontology) {}

    /** What was computed at one version; guarded by itself. */
    private static final class Computed {
        private final Version version;
        private final Map<TruthMethod, ConsensusBook> books = new EnumMap<>(TruthMethod.class);
        private final Map<String, Object> others = new HashMap<>();

        Computed(Version version) {
            this.version = version;
        }

        synchronized <T> T once(Class<T> type, Supplier<T> compute) {
            // Not computeIfAbsent: the report computes the evidence on its way, into the same map.
            var found = others.get(type.getName());
            if (found == null) {
                found = compute.get();
                others.put(type.getName(), found);
            }
            return type.cast(found);
        }

        synchronized ConsensusBook book(TruthMethod method, Function<TruthMethod, ConsensusBook> compute) {
            return books.computeIfAbsent(method, compute);
        }
    }

    private final Tasks work;
    private final Projects projects;
    private final Assets assets;
    private final AuditLog log;
    private final TenantScope scope;
    private final Clock clock;
    private final ConcurrentMap<Place, Computed> computed = new ConcurrentHashMap<>();

    Qualities(Tasks work, Projects projects, Assets assets, AuditLog log, TenantScope scope, Clock clock) {
        this.work = work;
        this.projects = projects;
        this.assets = assets;
        this.log = log;
        this.scope = scope;
        this.clock = clock;
    }

    /**
     * All answers in effect now, read anew.
     *
     * @throws io.etalon.server.base.EtalonException not found, when the client has no such project
     */
    public Evidence evidence(ClientId client, ProjectId project) {
        var version = projects.get(client, project).ontologyVersion();
        var ontology = projects.ontology(client, project, version).ontology();
        // First what is finished, then the answers: a finished task has all of them by then.
        var finished = work.finished(client, project);
        var tasks = tasks(client, project, finished);
        var ids = tasks.stream().map(AnsweredTask::asset).toList();
        return Evidence.of(ontology, tasks, assets.getAll(client, project, ids));
    }

    private List<AnsweredTask> tasks(ClientId client, ProjectId project, Set<Long> finished) {
        var byTask = new LinkedHashMap<Long, List<GivenAnswer>>();
        var assetOf = new HashMap<Long, UUID>();
        work.effectiveAnswers(client, project, answer -> {
            assetOf.put(answer.task(), answer.asset());
            byTask.computeIfAbsent(answer.task(), task -> new ArrayList<>()).add(given(answer));
        });
        var merged = work.merges(client, project);
        var tasks = new ArrayList<AnsweredTask>();
        byTask.forEach((task, answers) -> tasks.add(new AnsweredTask(
                task, Objects.requireNonNull(assetOf.get(task)), finished.contains(task), answers, merged.get(task))));
        return tasks;
    }

    private static GivenAnswer given(EffectiveAnswer answer) {
        return new GivenAnswer(
                answer.person(),
                answer.round(),
                answer.ontologyVersion(),
                answer.guidelineVersion(),
                answer.activeSeconds(),
                answer.submittedAt(),
                answer.state(),
                answer.own(),
                answer.answer(),
                answer.reviewer());
    }

    /** Agreement, skill and shares of all tasks with answers. */
    public QualityReport report(ClientId client, ProjectId project) {
        var now = current(client, project);
        return now.once(QualityReport.class, () -> QualityReport.of(known(now, client, project), clock.instant()));
    }

    /** What all answers amount to by one method. */
    public ConsensusBook consensus(ClientId client, ProjectId project, TruthMethod method) {
        var now = current(client, project);
        return now.book(method, m -> ConsensusBook.of(known(now, client, project), m));
    }

    private Evidence known(Computed now, ClientId client, ProjectId project) {
        return now.once(Evidence.class, () -> evidence(client, project));
    }

    private Computed current(ClientId client, ProjectId project) {
        // The version is read before the answers: what comes in between is newer than the version says, never older.
        var version = new Version(
                work.version(client, project), projects.get(client, project).ontologyVersion());
        return computed.compute(
                new Place(client, project),
                (place, old) -> old != null && old.version.equals(version) ? old : new Computed(version));
    }

    /** The names of people in this client's log. */
    public Map<PersonId, String> pseudonyms(ClientId client, Collection<PersonId> people) {
        return scope.client(client, tx -> {
            var names = new HashMap<PersonId, String>();
            // In one order everywhere: two transactions that make the same two names must not wait for each other.
            people.stream()
                    .distinct()
                    .sorted(Comparator.comparing(PersonId::value))
                    .forEach(person -> names.put(person, log.pseudonym(tx, person)));
            return names;
        });
    }
}
