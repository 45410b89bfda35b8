package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.state.TaskState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Deletions of single answers, and how they are undone. A deleted answer is out of every count, its place is free for
 * others, and its author does not get the task again; what he and reviewers held of it ends. It gets its own place back
 * if that is free still.
 *
 * <p>Each is one transaction with nothing of the queue under way, so that what the tables say of an answer is all there is
 * of it; claims and answers of the project wait for that long. Thread-safe.
 */
public final class AnswerActs {
    private final OpenQueues queues;
    private final TenantScope scope;
    private final Writers writers;
    private final Upkeep upkeep;
    private final AnswerSlots slots = new AnswerSlots();

    AnswerActs(OpenQueues queues, TenantScope scope, Writers writers, Upkeep upkeep) {
        this.queues = queues;
        this.scope = scope;
        this.writers = writers;
        this.upkeep = upkeep;
    }

    /**
     * Which answers.
     *
     * @param submissions their numbers: one of any of an answer's revisions is enough
     * @param batch their tasks stand in; 0 for none, null for any
     */
    public record Choice(
            Tx.Work<? extends Collection<Long>> submissions,
            @Nullable Integer batch) {}

    /**
     * What was chosen.
     *
     * @param tasks they are answers to, ascending
     * @param decisions on them
     * @param inWork leases that end with them
     * @param reopened how many of the tasks need answers again that have enough now
     * @param submissions the numbers of all revisions
     */
    public record Chosen(
            List<Long> tasks, int answers, long decisions, long inWork, int reopened, List<Long> submissions) {}

    /** What has to hold, or to be written, in the transaction of a deletion. */
    @FunctionalInterface
    public interface Confirm {
        void check(Tx tx, Chosen chosen) throws Exception;
    }

    /** A deletion: its number, whose row is written by what confirms it. */
    public record Order(long deletion, Choice choice, String via, Confirm confirm) {}

    /** What would be deleted now. */
    public Chosen count(ProjectId project, Choice choice) {
        return queues.with(
                project, queue -> scope.client(queue.client, tx -> chosen(queue, choose(tx, queue, choice))));
    }

    /**
     * Deletes answers.
     *
     * @param once runs the deletion in its transaction, or tells what came of an earlier try
     */
    public long delete(ProjectId project, Order order, UnaryOperator<Tx.Work<Long>> once) {
        return queues.alone(project, queue -> {
            var taken = new ArrayList<AnswerSlot>();
            try {
                var deletion = scope.client(queue.client, once.apply(tx -> {
                    writers.fence(tx);
                    var found = choose(tx, queue, order.choice());
                    order.confirm().check(tx, chosen(queue, found));
                    taken.addAll(found);
                    write(tx, queue, order.deletion(), found);
                    return order.deletion();
                }));
                takeAway(queue, taken, order.via());
                return deletion;
            } catch (RuntimeException e) {
                suspect(queue, taken);
                throw e;
            }
        });
    }

    private static void suspect(WorkQueue queue, List<AnswerSlot> touched) {
        if (!touched.isEmpty()) {
            // The rows may be there although the answer was lost.
            queue.suspect();
        }
    }

    private List<AnswerSlot> choose(Tx tx, WorkQueue queue, Choice choice) throws Exception {
        var found = slots.of(tx, queue, choice.submissions().run(tx));
        var batch = choice.batch();
        return batch == null
                ? found
                : found.stream()
                        .filter(slot -> queue.book.group(slot.position()) == batch)
                        .toList();
    }

    private static Chosen chosen(WorkQueue queue, List<AnswerSlot> found) {
        var freed = new HashMap<Integer, Integer>();
        found.forEach(slot -> freed.merge(slot.position(), slot.part().filled(), Integer::sum));
        var reopened = freed.entrySet().stream()
                .filter(entry -> opens(queue, entry.getKey(), entry.getValue()))
                .count();
        var submissions = found.stream()
                .flatMap(slot -> slot.submissions().stream())
                .sorted()
                .toList();
        var held = Set.copyOf(submissions);
        return new Chosen(
                tasks(found),
                found.size(),
                found.stream().mapToLong(slot -> slot.part().decisions()).sum(),
                queue.leases.values().stream()
                        .filter(lease -> about(lease, held))
                        .count(),
                (int) reopened,
                submissions);
    }

    private static List<Long> tasks(List<AnswerSlot> of) {
        return of.stream().map(slot -> slot.ref().task()).distinct().sorted().toList();
    }

    private static boolean opens(WorkQueue queue, int position, int without) {
        var state = queue.book.state(position);
        var answers = queue.book.submissions(position);
        var needed = queue.book.needed(position);
        return (state == TaskState.DONE || state == TaskState.IN_REVIEW)
                && answers >= needed
                && answers - without < needed;
    }

    private static boolean about(OpenLease lease, Set<Long> submissions) {
        var past = lease.past;
        return past != null && submissions.contains(past.id());
    }

    private static void write(Tx tx, WorkQueue queue, long deletion, List<AnswerSlot> found) throws SQLException {
        var numbers = found.stream().flatMap(slot -> slot.submissions().stream());
        tx.db()
                .sql("""
                        insert into deleted_answer (submission, project, task, deletion, revision)
                        select id, project, task, ?, revision from submission where id = any(?)""")
                .params(deletion, tx.connection().createArrayOf("bigint", numbers.toArray()))
                .update();
    }

    private void takeAway(WorkQueue queue, List<AnswerSlot> taken, String via) {
        var numbers = new HashSet<Long>();
        taken.forEach(slot -> numbers.addAll(slot.submissions()));
        upkeep.end(queue, lease -> about(lease, numbers), Write.EndReason.SUPERSEDED, via);
        queue.removed.addAll(numbers);
        queue.reviews.offer(ref -> numbers.contains(ref.id()), false);
        for (var slot : taken) {
            var ref = slot.ref();
            var author = queue.desk(ref.author());
            queue.reviews.remove(ref);
            if (slot.liesWithAuthor()) {
                queue.returns.reclaim(ref);
            }
            synchronized (author) {
                author.judged -= slot.judged();
                author.sound -= slot.sound();
            }
            queue.book.removed(slot.position(), slot.part());
            queue.tasks.skip(author.annotator, slot.position(), ref.round());
        }
    }

    /**
     * What an undo brings back.
     *
     * @param left answers that stay deleted, since others have their places
     * @param undo its number among the undos of the deletion, from 1
     */
    public record Back(List<Long> tasks, int answers, int left, int undo) {}

    /** What has to hold, or to be written, in the transaction of an undo. */
    @FunctionalInterface
    public interface Accept {
        void check(Tx tx, Back back) throws Exception;
    }

    /**
     * Brings back those of a deletion's answers whose places are free, or that had none; the oldest first. The others stay
     * deleted.
     *
     * @return the answers that are back
     */
    public int restore(ProjectId project, long deletion, PersonId by, Accept accept) {
        return queues.alone(project, queue -> {
            var back = new ArrayList<AnswerSlot>();
            try {
                var barred = new HashSet<Taker>();
                scope.clientDo(queue.client, tx -> {
                    writers.fence(tx);
                    var all = slots.deleted(tx, queue, deletion);
                    var fitting = fitting(queue, all);
                    var undo = undo(tx, deletion);
                    accept.check(tx, new Back(tasks(fitting), fitting.size(), all.size() - fitting.size(), undo));
                    back.addAll(fitting);
                    mark(tx, deletion, undo, by, fitting);
                    barred.addAll(stillDeleted(tx, queue, fitting));
                });
                back.forEach(slot -> giveBack(queue, slot, barred));
                return back.size();
            } catch (RuntimeException e) {
                suspect(queue, back);
                throw e;
            }
        });
    }

    private static List<AnswerSlot> fitting(WorkQueue queue, List<AnswerSlot> all) {
        var taken = new HashMap<Integer, Integer>();
        return all.stream()
                .sorted(Comparator.comparingLong(slot -> slot.ref().id()))
                .filter(slot -> {
                    if (!slot.part().takesPlace()) {
                        return true;
                    }
                    var position = slot.position();
                    var before = taken.computeIfAbsent(position, queue.tasks::taken);
                    var fits = before < queue.book.needed(position);
                    taken.merge(position, fits ? 1 : 0, Integer::sum);
                    return fits;
                })
                .toList();
    }

    private static int undo(Tx tx, long deletion) {
        return tx.db()
                .sql("select coalesce(max(undo), 0) + 1 from deleted_answer where deletion = ?")
                .param(deletion)
                .query(Integer.class)
                .single();
    }

    private static void mark(Tx tx, long deletion, int undo, PersonId by, List<AnswerSlot> fitting)
            throws SQLException {
        var numbers = fitting.stream().flatMap(slot -> slot.submissions().stream());
        tx.db()
                .sql("""
                        update deleted_answer set undo = ?, restored_by = ?, restored_at = now()
                        where deletion = ? and undo is null and submission = any(?)""")
                .params(undo, by.value(), deletion, tx.connection().createArrayOf("bigint", numbers.toArray()))
                .update();
    }

    /** Somebody in front of a task. */
    private record Taker(UUID person, long task) {}

    /** Who of the authors has another answer to the same task that is deleted still. */
    private static Set<Taker> stillDeleted(Tx tx, WorkQueue queue, List<AnswerSlot> back) throws SQLException {
        var tasks = back.stream().map(slot -> slot.ref().task()).distinct();
        return tx.db()
                .sql("""
                        select distinct s.annotator, s.task from deleted_answer g join submission s on s.id = g.submission
                        where g.project = ? and g.task = any(?) and g.undo is null""")
                .params(queue.project.value(), tx.connection().createArrayOf("bigint", tasks.toArray()))
                .query((row, n) -> new Taker(row.getObject("annotator", UUID.class), row.getLong("task")))
                .set();
    }

    private static void giveBack(WorkQueue queue, AnswerSlot slot, Set<Taker> barred) {
        var ref = slot.ref();
        var author = queue.desk(ref.author());
        slot.submissions().forEach(queue.removed::remove);
        synchronized (author) {
            author.judged += slot.judged();
            author.sound += slot.sound();
        }
        if (!slot.barred() && !barred.contains(new Taker(ref.author().value(), ref.task()))) {
            queue.tasks.unbar(author.annotator, slot.position());
        }
        if (slot.part().takesPlace()) {
            queue.tasks.reinstate(author.annotator, slot.position(), ref.round());
        }
        queue.book.restored(slot.position(), slot.part());
        if (slot.waits()) {
            queue.reviews.again(ref);
            if (queue.book.isHidden(slot.position())) {
                queue.reviews.offer(one -> one.id() == ref.id(), false);
            }
        } else if (slot.liesWithAuthor()) {
            queue.giveBack(author, ref);
        }
    }
}
