package io.etalon.server.work.engine;

import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.work.engine.Dispatcher.Answered;
import io.etalon.server.work.engine.Dispatcher.Judged;
import io.etalon.server.work.engine.Dispatcher.KeyUse;
import io.etalon.server.work.engine.Dispatcher.Skipped;
import io.etalon.server.work.engine.Dispatcher.Ticket;
import io.etalon.server.work.engine.Dispatcher.Worker;
import io.etalon.server.work.review.Way;
import io.etalon.server.work.state.TaskEvent;
import org.jspecify.annotations.Nullable;

/** The ends of leases by who holds them (an answer, a decision, a skip, a release), and of tasks by who may. Thread-safe. */
final class Endings {
    private final Grants grants;
    private final WorkConfig config;
    private final DatabaseClock clock;

    Endings(Grants grants, WorkConfig config, DatabaseClock clock) {
        this.grants = grants;
        this.config = config;
        this.clock = clock;
    }

    Outcome submit(WorkQueue queue, Worker worker, Ticket ticket, Answered answered, KeyUse key, boolean next) {
        var lease = closing(queue, worker, ticket, OpenLease.Kind.ANNOTATE);
        var past = lease.past;
        var way = Way.begin(route(queue, lease, answered));
        var revision = past == null ? 1 : past.revision() + 1;
        var state = way.begins() ? "in_review" : "submitted";
        var write = new Write(queue, worker.via());
        // The author is told the same of gold, but nobody is given it to review.
        var taken = lease.isGold() ? Way.begin(0) : way;
        write.submission = new Write.Submission(
                lease,
                revision,
                answered.activeSeconds(),
                answered.unsure(),
                taken,
                answered.content(),
                answered.from());
        write.onCommit(() -> queue.submitted(
                lease,
                new SubmissionRef(write.made, lease.position, lease.task, lease.person, lease.round, revision, taken)));
        return ended(write, worker, key, state, lease, next);
    }

    /** What was sent back comes before the first stage again, whatever the draw. */
    private static int route(WorkQueue queue, OpenLease lease, Answered answered) {
        var slot = new Sampling.Slot(queue.project, lease.task, lease.person, lease.round);
        var signs = queue.signs(lease.person, answered.unsure(), answered.agreement());
        var route = answered.workflow().route(signs, (stage, share) -> Sampling.sampled(slot, stage, share));
        return lease.past == null ? route : route | 1;
    }

    Outcome decide(WorkQueue queue, Worker worker, Ticket ticket, Judged judged, KeyUse key, boolean next) {
        var held = find(queue, worker.person(), ticket, OpenLease.Kind.REVIEW);
        judged.decision().check(held.judged().way());
        var lease = closing(queue, worker, ticket, OpenLease.Kind.REVIEW);
        var write = new Write(queue, worker.via());
        write.judgement = new Write.Judgement(lease, judged.decision(), judged.content(), judged.comments());
        write.onCommit(() -> queue.decided(lease, judged.decision(), clock.millis()));
        return ended(write, worker, key, Verdicts.state(lease.judged(), judged.decision()), lease, next);
    }

    /** Moves a task by what somebody decides about it; who holds it is not asked. */
    Outcome change(WorkQueue queue, String via, Write.Event event, @Nullable KeyUse key) {
        var position = queue.position(event.task());
        synchronized (queue.acts) {
            synchronized (queue) {
                queue.book.check(position, event.event());
                var write = new Write(queue, via);
                write.event = event;
                write.onCommit(() -> queue.moved(position, event.event()));
                return grants.written(write, event.person(), key, event.event().name());
            }
        }
    }

    /** Takes a refused answer from its author's hands, or from where it lies refused for good, before who decides on appeals. */
    Outcome appeal(WorkQueue queue, Worker worker, Dispatcher.Refused refused, byte[] text, @Nullable KeyUse key) {
        var ref = new SubmissionRef(
                refused.submission(),
                queue.tasks.find(refused.task()),
                refused.task(),
                worker.person(),
                refused.round(),
                refused.revision(),
                refused.way());
        var write = new Write(queue, worker.via());
        write.appeal = new Write.Appeal(ref.task(), ref.id(), ref.author(), text);
        if (!ref.way().rejected()) {
            queue.returns.withdraw(ref, write);
        }
        write.onCommit(() -> queue.toReview(ref.at(ref.way().appealed())));
        return grants.written(write, worker.person(), key, "appealed");
    }

    private Outcome ended(Write write, Worker worker, KeyUse key, String state, OpenLease lease, boolean next) {
        write.onFailure(lease::reopen);
        if (next) {
            grants.more(write, worker, lease.kind);
        }
        return grants.written(write, worker.person(), key, state);
    }

    Outcome release(WorkQueue queue, Worker worker, Ticket ticket, OpenLease.Kind kind, @Nullable KeyUse key) {
        var lease = closing(queue, worker, ticket, kind);
        var write = ending(queue, lease, Write.EndReason.RELEASED, worker.via());
        return grants.written(write, worker.person(), key, "released");
    }

    Outcome skip(WorkQueue queue, Worker worker, Ticket ticket, Skipped skipped, @Nullable KeyUse key) {
        var lease = closing(queue, worker, ticket, OpenLease.Kind.ANNOTATE);
        spend(queue, lease);
        var write = new Write(queue, worker.via());
        write.end = new Write.End(lease, Write.EndReason.SKIPPED, skipped.reason(), skipped.note());
        var escalates = !lease.isGold() && queue.skips.add(lease.position, lease.person) == config.skipsToEscalate();
        write.onFailure(() -> {
            if (!lease.isGold()) {
                queue.skips.remove(lease.position);
                unspend(queue, lease);
            }
            lease.reopen();
        });
        write.onCommit(() -> queue.skipped(lease));
        if (escalates) {
            write.event = new Write.Event(lease.task, TaskEvent.ESCALATE, worker.person());
            write.onCommit(() -> queue.moved(lease.position, TaskEvent.ESCALATE));
        }
        return grants.written(write, worker.person(), key, "skipped");
    }

    /**
     * Takes one off a person's skips. Gold costs none, and is refused like all else: nothing may tell it apart.
     *
     * @throws EtalonException forbidden, when he has none left; the lease is open again then
     */
    private static void spend(WorkQueue queue, OpenLease lease) {
        var desk = queue.desk(lease.person);
        synchronized (desk) {
            var most = queue.policy().mostSkips();
            if (desk.skipped >= most) {
                lease.reopen();
                throw new EtalonException(
                        WorkCodes.SKIP_BUDGET,
                        "You have skipped " + most
                                + " tasks here, which is as many as one person may. Answer this one, or"
                                + " give it back for somebody else.");
            }
            desk.skipped += lease.isGold() ? 0 : 1;
        }
    }

    private static void unspend(WorkQueue queue, OpenLease lease) {
        var desk = queue.desk(lease.person);
        synchronized (desk) {
            desk.skipped--;
        }
    }

    /** The write of an end that leaves the task as it was; the lease is closed already. */
    static Write ending(WorkQueue queue, OpenLease lease, Write.EndReason how, String via) {
        var write = new Write(queue, via);
        write.end = new Write.End(lease, how, null, null);
        write.onCommit(() -> queue.released(lease));
        write.onFailure(lease::reopen);
        return write;
    }

    /** The lease, checked and closed to everybody else; reopened when its end cannot be written. */
    private static OpenLease closing(WorkQueue queue, Worker worker, Ticket ticket, OpenLease.Kind kind) {
        var lease = find(queue, worker.person(), ticket, kind);
        if (!lease.close()) {
            throw lost();
        }
        return lease;
    }

    /** @throws EtalonException lease lost, when there is no such lease of this person under this token */
    static OpenLease find(WorkQueue queue, PersonId person, Ticket ticket, OpenLease.Kind kind) {
        var lease = queue.lease(ticket.lease());
        if (lease == null || lease.kind != kind || !lease.person.equals(person) || lease.token != ticket.token()) {
            throw lost();
        }
        return lease;
    }

    static EtalonException lost() {
        return new EtalonException(WorkCodes.LEASE_LOST, "This lease has ended or is not yours; ask for another.");
    }
}
