package io.etalon.server.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.annotation.Ontology;
import io.etalon.annotation.OntologyChange;
import io.etalon.formats.OntologyJson;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.Events;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.project.ProjectStore.SealedVersion;
import io.etalon.server.project.ProjectStore.VersionTable;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.wall.KnownProjects;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Service;

/**
 * A client's projects with their versioned ontologies and guidelines. Settings are read from memory, which follows every
 * committed change of this process and is told of those of others. Thread-safe.
 */
@Service
public final class Projects implements KnownProjects {
    static final ErrorCode CODE_NAME_TAKEN =
            ErrorCode.of("code-name-taken", ErrorKind.CONFLICT, "A project with this code name exists");
    static final ErrorCode BAD_ONTOLOGY =
            ErrorCode.of("ontology-invalid", ErrorKind.INVALID, "The ontology has faults");

    private record VersionKey(ClientId client, ProjectId project, int version) {}

    private final TenantScope scope;
    private final ClientKeys keys;
    private final AuditLog audit;
    private final Events events;
    private final Idempotency idempotency;
    private final Ids ids;
    private final Clock clock;
    private final ProjectStore store = new ProjectStore();
    private final ConcurrentMap<ClientId, ConcurrentMap<ProjectId, Project>> known = new ConcurrentHashMap<>();
    private final ConcurrentMap<VersionKey, OntologyVersion> ontologies = new ConcurrentHashMap<>();
    private final List<BiConsumer<ClientId, Project>> listeners = new CopyOnWriteArrayList<>();
    private final OntologyReadings readings;

    Projects(
            TenantScope scope,
            ClientKeys keys,
            AuditLog audit,
            Events events,
            Idempotency idempotency,
            Ids ids,
            Clock clock) {
        this.scope = scope;
        this.keys = keys;
        this.audit = audit;
        this.events = events;
        this.idempotency = idempotency;
        this.ids = ids;
        this.clock = clock;
        this.readings = new OntologyReadings(audit);
    }

    /** Calls a listener after each committed change of a project, with what it is now. */
    public void onChange(BiConsumer<ClientId, Project> listener) {
        listeners.add(listener);
    }

    /** The client's projects in the order they were made. */
    public List<Project> all(ClientId client) {
        return ofClient(client).values().stream()
                .sorted(Comparator.comparing(Project::createdAt).thenComparing(p -> p.id().value()))
                .toList();
    }

    /** @throws EtalonException not found */
    public Project get(ClientId client, ProjectId project) {
        var found = ofClient(client).get(project);
        if (found == null) {
            throw EtalonException.notFound();
        }
        return found;
    }

    @Override
    public boolean has(ClientId client, ProjectId project) {
        return ofClient(client).containsKey(project);
    }

    private ConcurrentMap<ProjectId, Project> ofClient(ClientId client) {
        return known.computeIfAbsent(client, id -> {
            var projects = new ConcurrentHashMap<ProjectId, Project>();
            scope.client(id, store::all).forEach(project -> projects.put(project.id(), project));
            return projects;
        });
    }

    /**
     * Creates a project with version 1 of its ontology and guidelines; the same attempt again gives the same project.
     *
     * @param attempt the request's idempotency key, kept in the transaction that makes the project
     * @param request what was asked, to tell a repetition from another request under the same key
     * @throws EtalonException invalid settings or ontology, with the place of each fault; conflict, when the code name is
     *     taken
     */
    public Project create(ClientCaller caller, ProjectDraft draft, Attempt attempt, Object request) {
        DraftCheck.check(draft);
        var client = caller.client().id();
        var made = scope.client(
                client,
                tx -> idempotency.once(tx, attempt, request, UUID.class, same -> {
                    var project = begun(draft);
                    refuseTakenCodeName(same, draft.codeName());
                    store.insert(same, project);
                    insertOntology(same, caller, project, draft.ontology());
                    insertGuidelines(same, caller, project, draft.guidelines());
                    audit.append(same, event(caller, project).with("change", "create"));
                    tell(same, client, project);
                    return project.id().value();
                }));
        var id = new ProjectId(made);
        if (!ofClient(client).containsKey(id)) {
            changed(client, scope.client(client, tx -> stored(tx, id)));
        }
        return get(client, id);
    }

    private Project begun(ProjectDraft draft) {
        return new Project(
                new ProjectId(ids.next()),
                draft.name().strip(),
                draft.codeName(),
                draft.kind(),
                draft.template(),
                ProjectState.ACTIVE,
                draft.redundancy(),
                draft.reviewShare(),
                draft.repeats(),
                draft.workforces(),
                draft.licence(),
                1,
                1,
                clock.instant());
    }

    private void refuseTakenCodeName(Tx tx, String codeName) {
        if (store.isTaken(tx, codeName)) {
            throw new EtalonException(CODE_NAME_TAKEN, "A project with code name “" + codeName + "” exists.");
        }
    }

    private Project stored(Tx tx, ProjectId id) {
        return store.all(tx).stream()
                .filter(project -> project.id().equals(id))
                .findFirst()
                .orElseThrow(EtalonException::notFound);
    }

    /** Changes settings; the change is checked like a new project's settings. */
    public Project change(ClientCaller caller, ProjectId id, UnaryOperator<Project> change) {
        return update(caller, id, "settings", (tx, before) -> {
            var after = change.apply(before);
            DraftCheck.checkSettings(after.name(), after.redundancy(), after.reviewShare());
            return after;
        });
    }

    /** What else a new version of the ontology writes, in the transaction that makes it. */
    interface Beside {
        void write(Tx tx, int version);
    }

    /** How the next ontology is made from the project as it stands below its lock. */
    interface NextOntology {
        Ontology of(Tx tx, Project before);
    }

    /**
     * Adds a version of the ontology and returns its number; work under an earlier version stays valid under that version.
     * The same attempt again adds nothing.
     */
    int nextOntology(
            ClientCaller caller, ProjectId id, NextOntology next, Beside beside, Attempt attempt, Object request) {
        return addVersion(
                caller,
                id,
                attempt,
                request,
                tx -> updated(tx, caller, id, "ontology", (same, project) -> {
                            var ontology = next.of(same, project);
                            DraftCheck.checkOntology(ontology);
                            var changed = Versions.withOntology(project, project.ontologyVersion() + 1);
                            insertOntology(same, caller, changed, ontology);
                            beside.write(same, changed.ontologyVersion());
                            return changed;
                        })
                        .ontologyVersion());
    }

    /** What a version of the ontology changed against the one before it. */
    public OntologyChange change(ClientId client, ProjectId project, int version) {
        return OntologyChange.between(
                ontology(client, project, version - 1).ontology(),
                ontology(client, project, version).ontology());
    }

    /** Refuses, below a project's lock, what was thought of an earlier state of it. */
    interface Guard {
        void check(Tx tx, Project before);
    }

    /** Adds a version of the guidelines and returns its number. The same attempt again adds nothing. */
    int changeGuidelines(
            ClientCaller caller, ProjectId id, String markdown, Guard guard, Attempt attempt, Object request) {
        DraftCheck.checkGuidelines(markdown);
        return addVersion(caller, id, attempt, request, tx -> {
            var next = updated(tx, caller, id, "guidelines", (same, project) -> {
                guard.check(same, project);
                var changed = Versions.withGuidelines(project, project.guidelineVersion() + 1);
                insertGuidelines(same, caller, changed, markdown);
                return changed;
            });
            return next.guidelineVersion();
        });
    }

    private int addVersion(
            ClientCaller caller, ProjectId id, Attempt attempt, Object request, Tx.Work<Integer> addition) {
        var client = caller.client().id();
        get(client, id);
        int version = scope.client(client, tx -> idempotency.once(tx, attempt, request, Integer.class, addition));
        changed(client, scope.client(client, tx -> stored(tx, id)));
        return version;
    }

    private interface Change {
        Project apply(Tx tx, Project before);
    }

    private Project update(ClientCaller caller, ProjectId id, String what, Change change) {
        var client = caller.client().id();
        get(client, id);
        var after = scope.client(client, tx -> updated(tx, caller, id, what, change));
        changed(client, after);
        return after;
    }

    private Project updated(Tx tx, ClientCaller caller, ProjectId id, String what, Change change) {
        store.lock(tx, id);
        // Read below the lock: another change may have come first.
        var before = stored(tx, id);
        var next = change.apply(tx, before);
        store.update(tx, next);
        audit.append(
                tx,
                event(caller, next)
                        .with(Map.of(
                                "change", what,
                                "ontologyVersion", next.ontologyVersion(),
                                "guidelineVersion", next.guidelineVersion())));
        tell(tx, caller.client().id(), next);
        return next;
    }

    private void tell(Tx tx, ClientId client, Project project) {
        events.append(
                tx,
                client,
                project.id(),
                EventKind.PROJECT_CHANGED,
                Map.of(
                        "ontologyVersion", project.ontologyVersion(),
                        "guidelineVersion", project.guidelineVersion(),
                        "state", project.state()));
    }

    /** What is remembered of a client's projects may be old: it is read anew. */
    public void forget(ClientId client) {
        known.remove(client);
    }

    /** Takes a project out of everybody's sight under a deletion; {@link #moved} follows the commit. */
    public void hide(Tx tx, ProjectId project, long deletion) {
        store.hide(tx, project, deletion);
    }

    /** Undoes {@link #hide}; {@link #moved} follows the commit. */
    public void show(Tx tx, ProjectId project) {
        store.show(tx, project);
    }

    /** A project was hidden or shown: what is remembered of the client's projects is read anew, and listeners are told. */
    public void moved(ClientId client, Project project) {
        forget(client);
        ontologies.keySet().removeIf(key -> key.project().equals(project.id()));
        listeners.forEach(listener -> listener.accept(client, project));
    }

    private void changed(ClientId client, Project project) {
        ofClient(client).put(project.id(), project);
        listeners.forEach(listener -> listener.accept(client, project));
    }

    private void insertOntology(Tx tx, ClientCaller caller, Project project, Ontology ontology) {
        var sealed = keys.seal(
                caller.client().id(),
                project.id(),
                "ontology " + project.ontologyVersion(),
                OntologyJson.write(ontology));
        var version = new SealedVersion(project.ontologyVersion(), sealed, clock.instant());
        store.insertVersion(tx, VersionTable.ONTOLOGY, project.id(), version, caller.person());
    }

    private void insertGuidelines(Tx tx, ClientCaller caller, Project project, String markdown) {
        var sealed = keys.seal(
                caller.client().id(),
                project.id(),
                "guidelines " + project.guidelineVersion(),
                markdown.getBytes(UTF_8));
        var version = new SealedVersion(project.guidelineVersion(), sealed, clock.instant());
        store.insertVersion(tx, VersionTable.GUIDELINE, project.id(), version, caller.person());
    }

    /** @throws EtalonException not found, when the project has no such version */
    public OntologyVersion ontology(ClientId client, ProjectId project, int version) {
        return ontologies.computeIfAbsent(
                new VersionKey(client, project, version),
                key -> opened(
                        client,
                        project,
                        scope.client(client, tx -> store.version(tx, VersionTable.ONTOLOGY, project, version))
                                .orElseThrow(EtalonException::notFound)));
    }

    /** All versions, newest first. */
    public List<OntologyVersion> ontologies(ClientId client, ProjectId project) {
        return scope.client(client, tx -> store.versions(tx, VersionTable.ONTOLOGY, project)).stream()
                .map(found -> opened(client, project, found))
                .toList();
    }

    private OntologyVersion opened(ClientId client, ProjectId project, SealedVersion found) {
        var json = keys.open(client, project, "ontology " + found.version(), found.sealed());
        return new OntologyVersion(found.version(), OntologyJson.read(json).orThrow(), found.createdAt());
    }

    /** @throws EtalonException not found, when the project has no such version */
    public GuidelineVersion guidelines(ClientId client, ProjectId project, int version) {
        var found = scope.client(client, tx -> store.version(tx, VersionTable.GUIDELINE, project, version))
                .orElseThrow(EtalonException::notFound);
        return opened(found, client, project);
    }

    /**
     * A version for somebody to read, who stands in the log before it is shown: guidelines are secrets like assets.
     *
     * @throws EtalonException not found, when the project has no such version
     */
    GuidelineVersion read(ClientCaller caller, ProjectId project, int version) {
        var client = caller.client().id();
        var found = guidelines(client, project, version);
        audit.commit(
                client,
                AuditEvent.of(AuditOp.READ, caller.person(), caller.via(), project)
                        .with("guidelines", version));
        return found;
    }

    /** All versions, newest first, without the texts. */
    List<ProjectBodies.GuidelineLine> guidelineLines(ClientId client, ProjectId project) {
        return scope.client(client, tx -> store.versions(tx, VersionTable.GUIDELINE, project)).stream()
                .map(found -> new ProjectBodies.GuidelineLine(found.version(), found.createdAt()))
                .toList();
    }

    /**
     * A version of the ontology for somebody to read, who stands in the log before it is shown: once under a session or key, so
     * that a desk does not write one entry a task.
     *
     * @throws EtalonException not found, when the project has no such version
     */
    OntologyVersion readOntology(ClientCaller caller, ProjectId project, int version) {
        var found = ontology(caller.client().id(), project, version);
        readings.once(caller, project, List.of(version));
        return found;
    }

    /** All versions, newest first, with an entry for each that was not read under this session or key before. */
    List<OntologyVersion> readOntologies(ClientCaller caller, ProjectId project) {
        var all = ontologies(caller.client().id(), project);
        readings.once(
                caller, project, all.stream().map(OntologyVersion::version).toList());
        return all;
    }

    private GuidelineVersion opened(SealedVersion found, ClientId client, ProjectId project) {
        var markdown = keys.open(client, project, "guidelines " + found.version(), found.sealed());
        return new GuidelineVersion(found.version(), new String(markdown, UTF_8), found.createdAt());
    }

    private static AuditEvent event(ClientCaller caller, Project project) {
        return AuditEvent.of(AuditOp.PROJECT_CHANGE, caller.person(), caller.via(), project.id());
    }
}
