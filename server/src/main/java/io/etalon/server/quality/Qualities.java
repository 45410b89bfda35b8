package io.etalon.server.quality;

import io.etalon.quality.choice.TruthMethod;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.Assets;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.Tasks;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
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
        projects.onChange((client, project) -> {
            if (!projects.has(client, project.id())) {
                computed.remove(new Place(client, project.id()));
            }
        });
    }

    /**
     * All answers in effect now, read anew.
     *
     * @throws io.etalon.server.base.EtalonException not found, when the client has no such project
     */
    public Evidence evidence(ClientId client, ProjectId project) {
        var version = projects.get(client, project).ontologyVersion();
        var ontology = projects.ontology(client, project, version).ontology();
        var cases = new ArrayList<Evidence.Case>();
        // First what is finished, then the answers: a finished task has all of them by then.
        var finished = work.finished(client, project);
        work.snapshot(client, project, snapshot -> {
            new Cases(assets, new Cases.Place(client, project), snapshot).each(finished, cases::add);
            return cases;
        });
        return new Evidence(ontology, cases);
    }

    /**
     * Settles a project's tasks by one method and tells of each that somebody answered, in the order of tasks. The answers
     * are read twice from one snapshot: for what the method has to see at once, which is numbers ({@link Votes}; once where
     * nobody is asked to choose), and then some thousand tasks at a time. Nothing of it is kept. What it tells is what {@link #consensus} holds.
     *
     * @return how many tasks it told of
     * @throws io.etalon.server.base.EtalonException not found, when the client has no such project
     */
    public long eachConsensus(ClientId client, ProjectId project, TruthMethod method, EntryReader reader) {
        var version = projects.get(client, project).ontologyVersion();
        var ontology = projects.ontology(client, project, version).ontology();
        var finished = work.finished(client, project);
        return work.snapshot(client, project, snapshot -> {
            var cases = new Cases(assets, new Cases.Place(client, project), snapshot);
            var votes = new Votes(ontology);
            if (votes.has()) {
                cases.each(finished, votes::add);
            }
            var fits = votes.fit(method);
            return cases.each(finished, about -> reader.entry(ConsensusBook.entry(about, ontology, fits)));
        });
    }

    /** Hears of what is settled, asset by asset. */
    @FunctionalInterface
    public interface EntryReader {
        void entry(ConsensusBook.Entry entry) throws IOException;
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
