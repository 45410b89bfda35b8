package io.etalon.server.project;

import io.etalon.annotation.Fault;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.OntologyChange;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.project.ProjectStore.VersionTable;
import io.etalon.server.tenant.TenantScope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/**
 * Changes of labels while work goes on: a version of the ontology with what it did to the labels of the one before. Leases
 * that are out finish under their version; answers stay as they were given, and are read in today's labels by {@link
 * LabelMap}. Thread-safe.
 */
@Service
public final class Relabellings {
    private record Key(ClientId client, ProjectId project, int from, int now) {}

    /** Answers would say what nothing stands for any more. */
    static final ErrorCode IN_USE =
            ErrorCode.of("ontology-in-use", ErrorKind.CONFLICT, "Answers bear what would be taken away");

    private final Projects projects;
    private final LabelUse use;
    private final Bases bases;
    private final TenantScope scope;
    private final LabelChangeStore store = new LabelChangeStore();
    private final ConcurrentMap<Key, LabelMap> maps = new ConcurrentHashMap<>();

    Relabellings(Projects projects, LabelUse use, Bases bases, TenantScope scope) {
        this.projects = projects;
        this.use = use;
        this.bases = bases;
        this.scope = scope;
    }

    /**
     * What operations would do.
     *
     * @param touched submissions that bear what is renamed, merged or retired, by its key ({@link Used})
     */
    record Preview(int baseVersion, Ontology ontology, OntologyChange change, Map<String, Long> touched) {}

    /** @throws EtalonException invalid, with the place of each operation that cannot be done */
    Preview preview(ClientId client, ProjectId project, List<LabelOperation> operations) {
        var version = projects.get(client, project).ontologyVersion();
        var before = projects.ontology(client, project, version).ontology();
        var after = LabelChanges.apply(before, operations);
        var counts = use.of(client, project);
        var touched = new TreeMap<String, Long>();
        for (var operation : operations) {
            if (!(operation instanceof LabelOperation.Add || operation instanceof LabelOperation.AddOption)) {
                touched.put(operation.key(), counts.getOrDefault(operation.key(), 0L));
            }
        }
        return new Preview(version, after, OntologyChange.between(before, after), touched);
    }

    /**
     * Makes the next version and returns its number. The same attempt again makes none.
     *
     * @param base the version that the operations were thought of; another one in force is a conflict
     */
    int apply(
            ClientCaller caller,
            ProjectId project,
            int base,
            List<LabelOperation> operations,
            Attempt attempt,
            Object request) {
        return projects.nextOntology(
                caller,
                project,
                (tx, before) -> {
                    bases.require(tx, project, VersionTable.ONTOLOGY, before.ontologyVersion(), base);
                    return LabelChanges.apply(
                            projects.ontology(caller.client().id(), project, base)
                                    .ontology(),
                            operations);
                },
                (tx, version) -> store.insert(tx, project, version, operations),
                attempt,
                request);
    }

    /**
     * What a whole new ontology would do in place of that in force.
     *
     * @param lost submissions that bear what it has no more, or has with another type or tool, by key; it is refused as long
     *     as there are any
     */
    record Replacement(int baseVersion, OntologyChange change, Map<String, Long> lost) {}

    Replacement replacement(ClientId client, ProjectId project, Ontology ontology) {
        DraftCheck.checkOntology(ontology);
        var version = projects.get(client, project).ontologyVersion();
        var before = projects.ontology(client, project, version).ontology();
        var change = OntologyChange.between(before, ontology);
        return new Replacement(version, change, lost(before, change, use.of(client, project)));
    }

    private static Map<String, Long> lost(Ontology before, OntologyChange change, Map<String, Long> counts) {
        var lost = new TreeMap<String, Long>();
        for (var entry : change.entries()) {
            var key = Used.lost(entry);
            if (key != null) {
                var count = counts.getOrDefault(Used.isText(before, key) ? Used.TEXTS : key, 0L);
                if (count > 0) {
                    lost.put(key, count);
                }
            }
        }
        return lost;
    }

    /**
     * Puts a whole new ontology in the place of that in force and returns its version. The same attempt again makes none.
     *
     * @throws EtalonException conflict, when answers bear what it has no more, or when another version than the base is in
     *     force
     */
    int replace(ClientCaller caller, ProjectId project, int base, Ontology ontology, Attempt attempt, Object request) {
        var client = caller.client().id();
        projects.get(client, project);
        DraftCheck.checkOntology(ontology);
        var counts = use.of(client, project);
        return projects.nextOntology(
                caller,
                project,
                (tx, stands) -> {
                    bases.require(tx, project, VersionTable.ONTOLOGY, stands.ontologyVersion(), base);
                    var before = projects.ontology(client, project, base).ontology();
                    refuse(lost(before, OntologyChange.between(before, ontology), counts));
                    return ontology;
                },
                (tx, version) -> {},
                attempt,
                request);
    }

    private static void refuse(Map<String, Long> lost) {
        if (lost.isEmpty()) {
            return;
        }
        var faults = lost.entrySet().stream()
                .map(entry -> new Fault("/ontology", Used.told(entry.getKey(), entry.getValue())))
                .toList();
        throw EtalonException.withFaults(
                IN_USE,
                "Finished work would be lost: "
                        + faults.stream().map(Fault::message).collect(Collectors.joining("; "))
                        + ". Merge or retire it instead (POST …/ontology/changes); answers then keep what they say.",
                faults);
    }

    /** How answers of a version are to be read now. Cached; costs a look-up. */
    public LabelMap since(ClientId client, ProjectId project, int version) {
        var now = projects.get(client, project).ontologyVersion();
        return maps.computeIfAbsent(new Key(client, project, version, now), this::read);
    }

    private LabelMap read(Key key) {
        var merged = new HashMap<String, String>();
        Set<String> retired = new HashSet<>();
        for (var row : scope.client(key.client(), tx -> store.after(tx, key.project(), key.from()))) {
            var target = row.target();
            switch (row.op()) {
                case "merge" -> {
                    var into = String.valueOf(target);
                    merged.replaceAll((label, to) -> to.equals(row.label()) ? into : to);
                    merged.put(row.label(), into);
                }
                case "retire" -> retired.add(row.label());
                case "add" -> {
                    // An id that comes back is a label of its own: what it once was stays what it became.
                    retired.remove(row.label());
                    merged.remove(row.label());
                }
                default -> {
                    // A new name changes no answer.
                }
            }
        }
        var now = projects.ontology(key.client(), key.project(), key.now()).ontology();
        retired.removeIf(old -> Used.stands(now, old));
        return new LabelMap(now, Map.copyOf(merged), Set.copyOf(retired));
    }
}
