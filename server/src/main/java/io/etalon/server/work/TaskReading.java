package io.etalon.server.work;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.Cursor;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.Assets;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.Pick;
import io.etalon.server.work.engine.TaskLists;
import io.etalon.server.work.engine.WorkQueue;
import io.etalon.server.work.state.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What people are shown of tasks: lists, from memory but for a page's names, and single tasks with their answers. A member of a
 * workforce sees of people and answers what {@link SeenAnswers} lets him see. Thread-safe.
 */
@Service
final class TaskReading {
    private static final int MOST_NAME = 500;
    /** So many tasks of a name are looked at together, and so many times for a page. */
    private static final int LOOK = 1_000;

    private static final int LOOKS = 10;

    private final Dispatchers dispatchers;
    private final Projects projects;
    private final Assets assets;
    private final TenantScope scope;
    private final WorkViews views;
    private final SeenAnswers seen;
    private final AuditLog audit;
    private final TaskStore store = new TaskStore();
    private final SubmissionStore submissions = new SubmissionStore();

    /** Who may see what, and under which name he sees it. */
    @org.springframework.stereotype.Component
    record Eyes(SeenAnswers seen, AuditLog audit) {}

    TaskReading(
            Dispatchers dispatchers, Projects projects, Assets assets, TenantScope scope, WorkViews views, Eyes eyes) {
        this.dispatchers = dispatchers;
        this.projects = projects;
        this.assets = assets;
        this.scope = scope;
        this.views = views;
        this.seen = eyes.seen();
        this.audit = eyes.audit();
    }

    /**
     * The tasks in the order they were planned; those of a name in the order of the names, where a page may be short while
     * more follow.
     */
    Page<WorkBodies.TaskLine> list(
            ClientCaller caller, ProjectId project, TaskBodies.Wanted wanted, int limit, @Nullable String cursor) {
        var client = caller.client().id();
        projects.get(client, project);
        var state = wanted.state() == null
                ? null
                : TaskState.ofKey(wanted.state())
                        .orElseThrow(
                                () -> EtalonException.invalidAt(
                                        "/state",
                                        "is “" + wanted.state()
                                                + "”; it must be planned, open, in_review, returned, escalated, done or cancelled"));
        var pick = new Pick(state, wanted.batch(), wanted.priority(), null);
        var prefix = wanted.assetName();
        if (prefix != null && !prefix.isEmpty()) {
            if (prefix.length() > MOST_NAME || prefix.indexOf('\0') >= 0) {
                throw EtalonException.invalidAt(
                        "/assetName", "must have at most " + MOST_NAME + " characters and no NUL");
            }
            return named(caller, project, pick, prefix, limit, cursor);
        }
        var after = cursor == null ? 0 : Cursor.decode(cursor, 1).number(0);
        var lines = dispatchers.of(client).with(project, queue -> TaskLists.lines(queue, pick, limit + 1, after));
        return Page.cut(shown(caller, project, lines), limit, line -> Cursor.of(line.id()));
    }

    private Page<WorkBodies.TaskLine> named(
            ClientCaller caller, ProjectId project, Pick pick, String prefix, int limit, @Nullable String cursor) {
        var client = caller.client().id();
        var last = cursor == null ? new TaskBodies.Named(0, new UUID(0, 0), "") : from(Cursor.decode(cursor, 2));
        var found = new ArrayList<WorkQueue.Line>();
        var more = true;
        for (var look = 0; more && look < LOOKS && found.size() < limit; look++) {
            var after = last;
            var page = scope.client(client, tx -> store.named(tx, project, prefix, after, LOOK));
            more = page.size() == LOOK;
            for (var one : page) {
                last = one;
                dispatchers
                        .of(client)
                        .with(project, queue -> TaskLists.line(queue, one.task(), pick))
                        .ifPresent(found::add);
                if (found.size() == limit) {
                    more = true;
                    break;
                }
            }
        }
        return new Page<>(
                shown(caller, project, found),
                more ? Cursor.of(last.name(), last.asset()).encode() : null);
    }

    private static TaskBodies.Named from(Cursor cursor) {
        try {
            return new TaskBodies.Named(0, UUID.fromString(cursor.key(1)), cursor.key(0));
        } catch (IllegalArgumentException e) {
            throw new EtalonException(ErrorCode.INVALID, "cursor is not one that this list gave out", e);
        }
    }

    private List<WorkBodies.TaskLine> shown(ClientCaller caller, ProjectId project, List<WorkQueue.Line> lines) {
        var client = caller.client().id();
        var names =
                names(client, project, lines.stream().map(WorkQueue.Line::task).toList());
        return scope.client(
                client,
                tx -> lines.stream()
                        .map(line -> new WorkBodies.TaskLine(
                                line.task(),
                                named(names, line.task()),
                                line.state().key(),
                                line.submissions(),
                                line.needed(),
                                line.priority(),
                                line.batch() == 0 ? null : line.batch(),
                                people(tx, caller, line.assignees())))
                        .toList());
    }

    private List<TaskBodies.Somebody> people(Tx tx, ClientCaller caller, List<UUID> people) {
        return people.stream()
                .map(PersonId::new)
                .filter(person -> seen.sight().sees(caller, person))
                .map(person -> somebody(tx, caller, person))
                .toList();
    }

    /** Reviewers decide without knowing whose work it is. */
    private TaskBodies.Somebody somebody(Tx tx, ClientCaller caller, PersonId person) {
        var known = caller.is(Role.REQUESTER) || caller.is(Role.QUALITY_LEAD);
        return new TaskBodies.Somebody(audit.pseudonym(tx, person), known ? person.value() : null);
    }

    private Map<Long, WorkBodies.AssetName> names(ClientId client, ProjectId project, List<Long> tasks) {
        var ids = scope.client(client, tx -> store.assets(tx, tasks));
        var found = assets.getAll(client, project, ids.values());
        return ids.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> {
            var asset = found.get(entry.getValue());
            return new WorkBodies.AssetName(entry.getValue(), asset == null ? "" : asset.name());
        }));
    }

    private static WorkBodies.AssetName named(Map<Long, WorkBodies.AssetName> names, long task) {
        var name = names.get(task);
        if (name == null) {
            throw new IllegalStateException("task " + task + " is in memory but not in the table");
        }
        return name;
    }

    /**
     * A task with its answers, for somebody who stands in the log before they are shown.
     *
     * @throws EtalonException not found, when the project has no such task, or none for the caller
     */
    WorkBodies.TaskDetail read(ClientCaller caller, ProjectId project, long task) {
        var found = detail(caller, project, task);
        audit.commit(
                caller.client().id(),
                AuditEvent.of(AuditOp.READ, caller.person(), caller.via(), project)
                        .with("task", task));
        return found;
    }

    private WorkBodies.TaskDetail detail(ClientCaller caller, ProjectId project, long task) {
        var client = caller.client().id();
        projects.get(client, project);
        var line = dispatchers.of(client).with(project, queue -> queue.line(task));
        var open = dispatchers.of(client).with(project, queue -> TaskLists.holders(queue, task));
        var name = named(names(client, project, List.of(task)), task);
        return scope.client(client, tx -> {
            var answers = submissions.ofTask(tx, project, task).stream()
                    .filter(seen.of(caller, project))
                    .map(row -> views.submission(tx, client, project, row))
                    .toList();
            if (answers.isEmpty() && !seen.sight().seesAll(caller)) {
                // A task of which nothing is to be seen is not there, nor is its file's name.
                throw EtalonException.notFound();
            }
            var since =
                    store.granted(tx, open.stream().map(TaskLists.Holder::lease).toList());
            var holders = open.stream()
                    .filter(holder ->
                            since.containsKey(holder.lease()) && seen.sight().sees(caller, holder.person()))
                    .map(holder -> new TaskBodies.Holder(
                            somebody(tx, caller, holder.person()),
                            holder.kind().name().toLowerCase(Locale.ROOT),
                            Objects.requireNonNull(since.get(holder.lease()))))
                    .toList();
            return new WorkBodies.TaskDetail(
                    task,
                    name,
                    line.state().key(),
                    line.submissions(),
                    line.needed(),
                    line.priority(),
                    line.batch() == 0 ? null : line.batch(),
                    people(tx, caller, line.assignees()),
                    holders,
                    answers);
        });
    }
}
