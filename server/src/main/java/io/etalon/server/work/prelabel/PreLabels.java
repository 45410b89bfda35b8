package io.etalon.server.work.prelabel;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerCheck;
import io.etalon.formats.AnswerJson;
import io.etalon.formats.Parsed;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.Assets;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.project.Projects;
import io.etalon.server.project.Relabellings;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.OpenLease;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What models answered before people do. Kept sealed under the project's key, each bound to its row, and never changed; of
 * a task's pre-labels the newest is shown whose model was not taken back. Thread-safe.
 */
@Service
public final class PreLabels {
    private final TenantScope scope;
    private final ClientKeys keys;
    private final Projects projects;
    private final Relabellings relabellings;
    private final Assets assets;
    private final PreLabelStore store = new PreLabelStore();

    PreLabels(TenantScope scope, ClientKeys keys, Projects projects, Relabellings relabellings, Assets assets) {
        this.scope = scope;
        this.keys = keys;
        this.projects = projects;
        this.relabellings = relabellings;
        this.assets = assets;
    }

    /** Reads pre-labels under the ontology that the project has now. */
    public OfferReader reader(ClientId client, ProjectId project) {
        return new OfferReader(
                projects.ontology(client, project, projects.get(client, project).ontologyVersion()));
    }

    /** A pre-label for a task. */
    record Placed(long task, Offer offer) {}

    /**
     * Keeps the pre-labels that came with assets, in the transaction that makes their tasks.
     *
     * @param byAsset checked; each of the assets has a task
     * @return how many there were
     */
    public int keep(Tx tx, ClientId client, ProjectId project, Map<UUID, List<Offer>> byAsset) throws SQLException {
        if (byAsset.isEmpty()) {
            return 0;
        }
        var placed = new ArrayList<Placed>();
        store.tasksOf(tx, project, byAsset.keySet())
                .forEach((asset, task) ->
                        byAsset.getOrDefault(asset, List.of()).forEach(offer -> placed.add(new Placed(task, offer))));
        insert(tx, client, project, placed);
        return placed.size();
    }

    /** In the order in which they are given, so that the last of a task's is its newest. */
    void insert(Tx tx, ClientId client, ProjectId project, List<Placed> placed) throws SQLException {
        // In the order of their names, so that two who add to the same models do not wait for each other.
        var counts = new TreeMap<PreLabelStore.Named, Integer>();
        placed.forEach(one -> counts.merge(model(one.offer()), 1, Integer::sum));
        var models = new TreeMap<PreLabelStore.Named, Long>();
        counts.forEach((model, count) -> models.put(model, store.model(tx, project, model, count)));
        var numbers = store.numbers(tx, placed.size());
        var rows = new ArrayList<PreLabelStore.NewRow>(placed.size());
        for (var i = 0; i < placed.size(); i++) {
            var offer = placed.get(i).offer();
            var id = numbers.get(i);
            rows.add(new PreLabelStore.NewRow(
                    id,
                    placed.get(i).task(),
                    models.getOrDefault(model(offer), 0L),
                    offer.confidence(),
                    offer.ontologyVersion(),
                    keys.seal(client, project, context(id), AnswerJson.write(offer.answer()))));
        }
        store.insert(tx, project, rows);
    }

    private static PreLabelStore.Named model(Offer offer) {
        return new PreLabelStore.Named(offer.model(), offer.version());
    }

    private static String context(long id) {
        return "pre-label " + id;
    }

    /** The answer that a model gave, under the ontology of its time. */
    Answer open(ClientId client, ProjectId project, PreLabelStore.Row row) {
        var json = keys.open(client, project, context(row.id()), row.sealed());
        return AnswerJson.read(
                        projects.ontology(client, project, row.ontologyVersion())
                                .ontology(),
                        json)
                .orThrow();
    }

    /** A pre-label as the holder of a lease sees it, in the terms of the lease's ontology. */
    public record Shown(
            long id, String model, String version, @Nullable Double confidence, Answer answer) {
        /** Whether an answer says what the pre-label says; ids of shapes and their order aside. */
        public boolean isSame(Answer other) {
            return Sameness.same(answer, other);
        }
    }

    /**
     * What came with a lease; the same for as long as the lease lives. Empty when nothing did, or when the ontology has
     * changed so that the pre-label fits no more. Costs nothing for leases of queues that show none.
     */
    public Optional<Shown> shown(ClientId client, ProjectId project, OpenLease lease) {
        return lease.mayHavePreLabel()
                ? scope.client(client, tx -> store.shown(tx, lease.id()))
                        .flatMap(row -> fitting(client, project, lease, row))
                : Optional.empty();
    }

    private Optional<Shown> fitting(ClientId client, ProjectId project, OpenLease lease, PreLabelStore.Row row) {
        var answer = open(client, project, row);
        if (row.ontologyVersion() != lease.ontologyVersion) {
            var labels = relabellings.since(client, project, row.ontologyVersion());
            answer = labels.isPlain() ? answer : labels.of(answer);
            if (!fits(client, project, lease, answer)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Shown(row.id(), row.model().name(), row.model().version(), row.confidence(), answer));
    }

    private boolean fits(ClientId client, ProjectId project, OpenLease lease, Answer answer) {
        var ontology = projects.ontology(client, project, lease.ontologyVersion).ontology();
        var known = lease.extent();
        var extent =
                known == null ? assets.get(client, project, lease.assetId()).extent() : known;
        return AnswerJson.read(ontology, AnswerJson.write(answer)) instanceof Parsed.Sound<Answer>
                && AnswerCheck.check(ontology, answer, extent).isEmpty();
    }

    /** The answers to a task that came of a pre-label, by their numbers. */
    public Map<Long, Origin> origins(Tx tx, ProjectId project, long task) {
        return store.origins(tx, project, task);
    }
}
