package io.etalon.server.discussion;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.Caller;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.discussion.CommentBodies.CommentBody;
import io.etalon.server.discussion.CommentBodies.CommentPlace;
import io.etalon.server.discussion.CommentBodies.MentionBody;
import io.etalon.server.discussion.CommentBodies.NewComment;
import io.etalon.server.discussion.CommentBodies.ThreadBody;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.Tasks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.ObjectMapper;

/**
 * Threads of comments on submissions. Who reviews, leads or requests takes part in all; an annotator in those about his own
 * answers and in those in which somebody called upon him; to everybody else they are not there. Thread-safe.
 */
@Service
public final class Comments {
    private static final int MAX_TEXT = 4_000;
    private static final int MAX_MENTIONS = 20;
    private static final int INBOX = 100;

    /** What a comment says, as it is sealed. */
    record Said(String text, @Nullable CommentPlace place) {}

    /** What is needed to write something down. */
    @org.springframework.stereotype.Component
    record Pen(ClientKeys keys, AuditLog audit, Idempotency idempotency, Ids ids, ObjectMapper mapper) {}

    private final TenantScope scope;
    private final Projects projects;
    private final Tasks tasks;
    private final Grants grants;
    private final Pen pen;
    private final CommentStore store = new CommentStore();

    Comments(TenantScope scope, Projects projects, Tasks tasks, Grants grants, Pen pen) {
        this.scope = scope;
        this.projects = projects;
        this.tasks = tasks;
        this.grants = grants;
        this.pen = pen;
    }

    /**
     * Says something about a submission and gives its thread.
     *
     * @throws EtalonException not found; invalid, when the text is empty or too long, the thread is another submission's, or
     *     somebody is mentioned who is no member of the client
     */
    ThreadBody add(ClientCaller caller, ProjectId project, long submission, NewComment asked, Attempt attempt) {
        var client = caller.client().id();
        open(caller, project, submission);
        check(client, asked);
        var id = pen.ids().next();
        var made = scope.client(
                client,
                tx -> pen.idempotency().once(tx, attempt, asked, UUID.class, same -> {
                    var thread = asked.replyTo() == null ? id : thread(same, project, submission, asked.replyTo());
                    var said = pen.mapper().writeValueAsBytes(new Said(asked.text(), asked.place()));
                    var sealed = pen.keys().seal(client, project, context(id), said);
                    store.add(
                            same,
                            new CommentStore.New(id, project, submission, thread, caller.person(), sealed),
                            mentions(asked));
                    pen.audit().append(same, event(caller, project, submission).with("comment", id.toString()));
                    return thread;
                }));
        return threads(caller, project, submission).stream()
                .filter(thread -> thread.id().equals(made))
                .findFirst()
                .orElseThrow(EtalonException::notFound);
    }

    private static List<PersonId> mentions(NewComment asked) {
        return asked.mentions() == null
                ? List.of()
                : asked.mentions().stream().distinct().map(PersonId::new).toList();
    }

    private void check(ClientId client, NewComment asked) {
        if (asked.text() == null || asked.text().isBlank() || asked.text().length() > MAX_TEXT) {
            throw EtalonException.invalidAt("/text", "must have 1 to " + MAX_TEXT + " characters");
        }
        var mentions = mentions(asked);
        if (mentions.size() > MAX_MENTIONS) {
            throw EtalonException.invalidAt("/mentions", "may name " + MAX_MENTIONS + " people at most");
        }
        for (var person : mentions) {
            if (grants.rolesAt(person, client).isEmpty()) {
                throw EtalonException.invalidAt("/mentions", "names somebody who is no member here");
            }
        }
    }

    private UUID thread(Tx tx, ProjectId project, long submission, UUID replyTo) {
        return store.find(tx, project, replyTo)
                .filter(row -> row.submission() == submission)
                .orElseThrow(() -> EtalonException.invalidAt("/replyTo", "is no comment on this submission"))
                .thread();
    }

    /** The threads about a submission, in the order in which they were begun. */
    List<ThreadBody> threads(ClientCaller caller, ProjectId project, long submission) {
        var client = caller.client().id();
        open(caller, project, submission);
        return scope.client(client, tx -> {
            var threads = new LinkedHashMap<UUID, List<CommentStore.Row>>();
            for (var row : store.of(tx, project, submission)) {
                threads.computeIfAbsent(row.thread(), id -> new ArrayList<>()).add(row);
            }
            return threads.values().stream()
                    .map(rows -> thread(tx, client, rows))
                    .toList();
        });
    }

    private ThreadBody thread(Tx tx, ClientId client, List<CommentStore.Row> rows) {
        var first = rows.getFirst();
        var resolvedBy = first.resolvedBy();
        return new ThreadBody(
                first.thread(),
                rows.stream().map(row -> body(tx, client, row)).toList(),
                resolvedBy == null ? null : pen.audit().pseudonym(tx, resolvedBy),
                first.resolvedAt());
    }

    private CommentBody body(Tx tx, ClientId client, CommentStore.Row row) {
        var json = pen.keys().open(client, row.project(), context(row.id()), row.sealed());
        var said = pen.mapper().readValue(json, Said.class);
        return new CommentBody(
                row.id(),
                pen.audit().pseudonym(tx, row.person()),
                said.text(),
                said.place(),
                row.mentions().stream()
                        .map(person -> pen.audit().pseudonym(tx, person))
                        .toList(),
                row.at());
    }

    /** Closes a thread; once more does nothing. */
    void resolve(ClientCaller caller, ProjectId project, UUID thread, Attempt attempt) {
        var client = caller.client().id();
        projects.get(client, project);
        var row = scope.client(client, tx -> store.find(tx, project, thread))
                .filter(found -> found.thread().equals(thread))
                .orElseThrow(EtalonException::notFound);
        open(caller, project, row.submission());
        scope.clientDo(
                client,
                tx -> pen.idempotency().once(tx, attempt, null, Boolean.class, same -> {
                    var closed = store.resolve(same, thread, caller.person());
                    if (closed) {
                        pen.audit()
                                .append(
                                        same,
                                        event(caller, project, row.submission()).with("resolved", thread.toString()));
                    }
                    return closed;
                }));
    }

    /** Where somebody called upon this person at a client, the newest first. */
    List<MentionBody> mentions(Client client, Caller caller) {
        return scope.client(
                client.id(),
                tx -> store.calling(tx, caller.person(), INBOX).stream()
                        .filter(row -> projects.has(client.id(), row.project()))
                        .map(row -> new MentionBody(
                                client.slug(),
                                row.project().value(),
                                projects.get(client.id(), row.project()).codeName(),
                                row.submission(),
                                row.thread(),
                                row.resolvedBy() != null,
                                body(tx, client.id(), row)))
                        .toList());
    }

    /** @throws EtalonException not found, when there is no such submission for this caller */
    private void open(ClientCaller caller, ProjectId project, long submission) {
        var client = caller.client().id();
        var author = tasks.author(client, project, submission);
        var judges = caller.is(Role.REVIEWER) || caller.is(Role.QUALITY_LEAD) || caller.is(Role.REQUESTER);
        var takesPart = (judges && tasks.shows(caller, project, submission))
                || author.equals(caller.person())
                || scope.client(client, tx -> store.calls(tx, submission, caller.person()));
        if (!takesPart) {
            throw EtalonException.notFound();
        }
    }

    private static String context(UUID comment) {
        return "comment " + comment;
    }

    private static AuditEvent event(ClientCaller caller, ProjectId project, long submission) {
        return AuditEvent.of(AuditOp.COMMENT, caller.person(), caller.via(), project)
                .with("submission", submission);
    }
}
