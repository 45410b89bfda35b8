package io.etalon.server.work.prelabel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.annotation.Fault;
import io.etalon.formats.AnswerJson;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.Asset;
import io.etalon.server.dataset.Assets;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.WorkCodes;
import io.etalon.server.work.queue.Engines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;

/** What people do with pre-labels: add them to tasks, look at them, take a model's back. Thread-safe. */
@Service
final class PreLabelActs {
    /** At most so many pre-labels a request. */
    static final int MOST = 1_000;

    private static final int MOST_FAULTS = 100;

    private final PreLabels preLabels;
    private final Projects projects;
    private final Assets assets;
    private final Engines engines;
    private final TenantScope scope;
    private final AuditLog audit;
    private final Idempotency idempotency;
    private final PreLabelStore store = new PreLabelStore();

    /** What acts are written with. */
    @Component
    record Ground(TenantScope scope, AuditLog audit, Idempotency idempotency) {}

    PreLabelActs(PreLabels preLabels, Projects projects, Assets assets, Engines engines, Ground ground) {
        this.preLabels = preLabels;
        this.projects = projects;
        this.assets = assets;
        this.engines = engines;
        this.scope = ground.scope();
        this.audit = ground.audit();
        this.idempotency = ground.idempotency();
    }

    /**
     * Adds pre-labels to tasks, all or none. The same attempt again adds nothing.
     *
     * @throws EtalonException not found; invalid, with the place of each fault
     */
    PreLabelBodies.PreLabelsAdded add(
            ClientCaller caller, ProjectId project, PreLabelBodies.NewPreLabels body, Attempt attempt) {
        var client = caller.client().id();
        projects.get(client, project);
        var items = body.items();
        if (items == null || items.isEmpty() || items.size() > MOST) {
            throw EtalonException.invalidAt("/items", "must be 1 to " + MOST + " pre-labels");
        }
        var known = known(client, project, items);
        PreLabelBodies.PreLabelsAdded added = scope.client(
                client,
                tx -> idempotency.once(tx, attempt, body, PreLabelBodies.PreLabelsAdded.class, same -> {
                    var placed = checked(preLabels.reader(client, project), known, items);
                    preLabels.insert(same, client, project, placed);
                    audit.append(
                            same,
                            event(caller, project).with("act", "add_pre_labels").with("preLabels", placed.size()));
                    return new PreLabelBodies.PreLabelsAdded(placed.size());
                }));
        engines.of(client).regild(project);
        return added;
    }

    private Known known(ClientId client, ProjectId project, List<PreLabelBodies.@Nullable NewPreLabel> items) {
        var tasks = items.stream()
                .filter(Objects::nonNull)
                .map(PreLabelBodies.NewPreLabel::task)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        var assetsOf = scope.client(client, tx -> store.assetsOf(tx, project, tasks));
        return new Known(assetsOf, assets.getAll(client, project, assetsOf.values()));
    }

    private static List<PreLabels.Placed> checked(
            OfferReader reader, Known known, List<PreLabelBodies.@Nullable NewPreLabel> items) {
        var faults = new ArrayList<Fault>();
        var placed = new ArrayList<PreLabels.Placed>(items.size());
        for (var i = 0; i < items.size() && faults.size() < MOST_FAULTS; i++) {
            var one = checked(reader, items.get(i), known, "/items/" + i, faults);
            if (one != null) {
                placed.add(one);
            }
        }
        if (!faults.isEmpty()) {
            throw EtalonException.withFaults(
                    WorkCodes.INVALID_ANSWER, "The pre-labels do not fit the project; none was added.", faults);
        }
        return placed;
    }

    /** What the project has of what is named. */
    private record Known(Map<Long, UUID> tasks, Map<UUID, Asset> assets) {
        @Nullable
        Asset of(@Nullable Long task) {
            var asset = task == null ? null : tasks.get(task);
            return asset == null ? null : assets.get(asset);
        }
    }

    private static PreLabels.@Nullable Placed checked(
            OfferReader reader, PreLabelBodies.@Nullable NewPreLabel item, Known known, String at, List<Fault> faults) {
        if (item == null) {
            faults.add(new Fault(at, "must be an object with task, model and answer"));
            return null;
        }
        var model = item.model();
        var offer = reader.offer(
                model == null ? null : model.name(),
                model == null ? null : model.version(),
                item.confidence(),
                item.answer(),
                at,
                faults);
        var asset = known.of(item.task());
        if (asset == null || item.task() == null) {
            faults.add(new Fault(at + "/task", "must be the number of a task of this project"));
            return null;
        }
        if (offer == null) {
            return null;
        }
        reader.check(offer, asset.extent(), at, faults);
        return new PreLabels.Placed(item.task(), offer);
    }

    /** A task's pre-labels, the newest first. */
    List<PreLabelBodies.PreLabelBody> ofTask(ClientId client, ProjectId project, long task) {
        projects.get(client, project);
        return scope
                .client(client, tx -> {
                    if (store.assetsOf(tx, project, List.of(task)).isEmpty()) {
                        throw EtalonException.notFound();
                    }
                    return store.ofTask(tx, project, task);
                })
                .stream()
                .map(row -> new PreLabelBodies.PreLabelBody(
                        row.id(),
                        new PreLabelBodies.PreLabelModel(
                                row.model().name(), row.model().version()),
                        row.confidence(),
                        row.ontologyVersion(),
                        row.at(),
                        row.removed(),
                        new String(AnswerJson.write(preLabels.open(client, project, row)), UTF_8)))
                .toList();
    }

    PreLabelBodies.PreLabelStanding standing(ClientId client, ProjectId project) {
        projects.get(client, project);
        var models = scope.client(client, tx -> store.models(tx, project)).stream()
                .map(row -> new PreLabelBodies.ModelLine(
                        row.id(),
                        row.model().name(),
                        row.model().version(),
                        row.labels(),
                        row.unchanged(),
                        row.changed(),
                        row.at(),
                        row.removedAt()))
                .toList();
        var now = engines.of(client).with(project, queue -> queue.preLabels());
        return new PreLabelBodies.PreLabelStanding(now.asked(), now.shown(), now.goldWithout(), models);
    }

    /**
     * Takes a model's pre-labels back: they are shown to nobody from then on. Answers that came of them keep saying so.
     *
     * @throws EtalonException not found, also when it was taken back before
     */
    void remove(ClientCaller caller, ProjectId project, long model) {
        var client = caller.client().id();
        projects.get(client, project);
        scope.clientDo(client, tx -> {
            var labels = store.remove(tx, project, model, caller.person()).orElseThrow(EtalonException::notFound);
            audit.append(
                    tx,
                    event(caller, project)
                            .with("act", "remove_pre_labels")
                            .with("model", model)
                            .with("preLabels", labels));
        });
        engines.of(client).regild(project);
    }

    private static AuditEvent event(ClientCaller caller, ProjectId project) {
        return AuditEvent.of(AuditOp.TASK_CHANGE, caller.person(), caller.via(), project);
    }
}
