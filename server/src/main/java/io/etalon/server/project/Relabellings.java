package io.etalon.server.project;

import io.etalon.annotation.Ontology;
import io.etalon.annotation.OntologyChange;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.TenantScope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Service;

/**
 * Changes of labels while work goes on: a version of the ontology with what it did to the labels of the one before. Leases
 * that are out finish under their version; answers stay as they were given, and are read in today's labels by {@link
 * LabelMap}. Thread-safe.
 */
@Service
public final class Relabellings {
    private record Key(ClientId client, ProjectId project, int from, int now) {}

    private final Projects projects;
    private final LabelUse use;
    private final TenantScope scope;
    private final LabelChangeStore store = new LabelChangeStore();
    private final ConcurrentMap<Key, LabelMap> maps = new ConcurrentHashMap<>();

    Relabellings(Projects projects, LabelUse use, TenantScope scope) {
        this.projects = projects;
        this.use = use;
        this.scope = scope;
    }

    /**
     * What operations would do.
     *
     * @param touched submissions that bear each label that is renamed, merged or retired
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
            if (!(operation instanceof LabelOperation.Add)) {
                touched.put(operation.id(), counts.getOrDefault(operation.id(), 0L));
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
                before -> {
                    if (before.ontologyVersion() != base) {
                        throw new EtalonException(
                                ErrorCode.CONFLICT,
                                "Version " + before.ontologyVersion() + " is in force, not " + base
                                        + "; look at a preview again.");
                    }
                    return LabelChanges.apply(
                            projects.ontology(caller.client().id(), project, base)
                                    .ontology(),
                            operations);
                },
                (tx, version) -> store.insert(tx, project, version, operations),
                attempt,
                request);
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
        return new LabelMap(now, Map.copyOf(merged), Set.copyOf(retired));
    }
}
