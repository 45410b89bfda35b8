package io.etalon.server.work.queue;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.event.EventKind;
import io.etalon.server.work.engine.AnswerActs;
import java.sql.SQLException;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Deletions of single answers. Their tasks need answers again, of others; what was paid, measured by gold and released
 * stays as it is. For thirty days an answer can be brought back if nobody else has its place meanwhile. Thread-safe.
 */
@Component
final class AnswerDeletions {
    private final Engines engines;
    private final Idempotency idempotency;
    private final Deletions.Ground ground;
    private final DeletionStore store;
    private final AnswerChoice choice = new AnswerChoice();

    AnswerDeletions(Engines engines, Idempotency idempotency, Deletions.Ground ground) {
        this.engines = engines;
        this.idempotency = idempotency;
        this.ground = ground;
        this.store = new DeletionStore(ground.json());
    }

    /** What would be deleted now. */
    DeletionBodies.DeletionPreview preview(ClientCaller caller, ProjectId project, DeletionBodies.AnswerFilter asked) {
        var client = caller.client().id();
        var found = engines.of(client).answers().count(project, choice.of(project, asked));
        var releases = ground.scope().client(client, tx -> choice.releases(tx, project, found.submissions()));
        return new DeletionBodies.DeletionPreview(
                found.tasks().size(),
                found.answers(),
                found.decisions(),
                found.inWork(),
                0,
                found.reopened(),
                releases);
    }

    /**
     * Deletes what is asked for; returns the deletion's number. The same attempt again deletes nothing and tells of the
     * first.
     *
     * @throws EtalonException invalid, when nothing is found; conflict, when other numbers are found than expected, or
     *     when gold, a merged answer or a release that is being built depends on one of the tasks
     */
    long delete(
            ClientCaller caller,
            ProjectId project,
            DeletionBodies.DeletionRequest request,
            DeletionBodies.AnswerFilter asked,
            Attempt attempt) {
        var client = caller.client().id();
        long tasks = Checks.required(request.expected(), "/expected");
        long answers = Checks.required(request.expectedAnswers(), "/expectedAnswers");
        var number = ground.scope().client(client, store::number);
        var order = new AnswerActs.Order(number, choice.of(project, asked), caller.via(), (tx, found) -> {
            check(found, tasks, answers);
            free(tx, project, found);
            var counted = new Deletion.Counted(found.tasks().size(), found.answers(), found.decisions(), 0);
            store.add(
                    tx,
                    new Deletion.New(
                            number,
                            project,
                            DeletionScope.ANSWERS,
                            asked,
                            counted,
                            caller.person().value()));
            var done = new Done(number, counted.tasks(), found.answers(), 0);
            log(tx, caller, project, "delete", done);
            ground.events().append(tx, client, project, EventKind.ANSWERS_DELETED, done.told());
        });
        return engines.of(client)
                .answers()
                .delete(project, order, work -> tx -> idempotency.once(tx, attempt, request, Long.class, work));
    }

    private static void check(AnswerActs.Chosen found, long tasks, long answers) {
        if (found.answers() == 0 && answers == 0) {
            throw Checks.fault("/answers", "finds no answer; nothing was deleted");
        }
        if (found.answers() != answers || found.tasks().size() != tasks) {
            throw new EtalonException(
                    DeletionTargets.OTHER_ANSWERS,
                    "The filter finds " + found.answers() + " answers to "
                            + found.tasks().size() + " tasks now, not " + answers + " to " + tasks
                            + "; nothing was deleted. Look at a preview again.");
        }
    }

    /** Refuses where something stands on the answers. */
    private void free(Tx tx, ProjectId project, AnswerActs.Chosen found) throws SQLException {
        held(
                choice.gold(tx, found.tasks()),
                "People were or are measured by %d of the tasks, which are gold. Leave them out; nothing was deleted.");
        held(
                choice.merged(tx, found.tasks()),
                "One answer was made, or is being made, of those to %d of the tasks. Undo that first, or wait; nothing was"
                        + " deleted.");
        held(
                store.releasesUnderWay(tx, project),
                "A release of the project is being built (%d). Wait until it is ready; nothing was deleted.");
    }

    private static void held(long count, String why) {
        if (count > 0) {
            throw new EtalonException(Deletions.HELD, why.formatted(count));
        }
    }

    /**
     * Brings back the answers whose places nobody else has. The others stay deleted, until their places are free or the
     * thirty days are over.
     *
     * @throws EtalonException conflict, when not one of them can be brought back
     */
    void undo(ClientCaller caller, ProjectId project, long number) {
        var client = caller.client().id();
        engines.of(client).answers().restore(project, number, caller.person(), (tx, back) -> {
            if (!store.isOpen(tx, number)) {
                throw new EtalonException(
                        Deletions.OVER, "A deletion can be undone once, within thirty days. Allowed: nothing.");
            }
            if (back.answers() == 0 && back.left() > 0) {
                throw new EtalonException(
                        Deletions.OVER,
                        "Others have given or are giving the answers in the places of all " + back.left()
                                + "; their tasks have as many as they need. Allowed: asking for more answers, then this.");
            }
            if (back.left() == 0) {
                store.undo(tx, number, caller.person());
            }
            var done = new Done(number, back.tasks().size(), back.answers(), back.undo());
            log(tx, caller, project, "undelete", done);
            ground.events().append(tx, client, project, EventKind.ANSWERS_RESTORED, done.told());
        });
    }

    /** What was done, as listeners are told. */
    private record Done(long deletion, int tasks, int answers, int undo) {
        Map<String, Object> told() {
            return Map.of("deletion", deletion, "tasks", tasks, "answers", answers, "undo", undo);
        }
    }

    private void log(Tx tx, ClientCaller caller, ProjectId project, String act, Done done) {
        ground.audit()
                .append(
                        tx,
                        AuditEvent.of(AuditOp.TASK_CHANGE, caller.person(), caller.via(), project)
                                .with("act", act)
                                .with("deletion", done.deletion())
                                .with("tasks", done.tasks())
                                .with("answers", done.answers()));
    }
}
