package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.work.gold.GoldCourse;
import io.etalon.server.work.gold.GoldItem;
import io.etalon.server.work.gold.GoldSetting;
import io.etalon.server.work.gold.GoldSource;
import io.etalon.server.work.state.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gold of one queue: puts known tasks among a person's claims at their hidden positions, and before all else while he
 * sits an exam. A gold task is a task of the queue; who has had it as gold is barred from it as work, and the reverse, so the
 * frontier knows what each person has seen. No slot is taken and no count of the book moves.
 *
 * <p>Thread-safe: a person's course is guarded by his desk's monitor.
 */
final class GoldLane {
    private final WorkQueue queue;
    private final ConcurrentMap<UUID, GoldCourse> courses = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, Integer> shown = new ConcurrentHashMap<>();
    private volatile GoldSource source = GoldSource.NONE;
    private volatile GoldSetting setting = GoldSetting.NONE;
    /** Whether the claims from before this queue was opened are counted. */
    private volatile boolean counted;

    GoldLane(WorkQueue queue) {
        this.queue = queue;
    }

    /** Before the queue is shared. */
    void source(GoldSource from) {
        source = from;
    }

    /** The next task for a person, gold or what other work gives; null when there is none. */
    @Nullable
    OpenLease claim(PersonDesk desk, OpenLease.Versions versions, long token, Supplier<@Nullable OpenLease> work) {
        synchronized (desk) {
            var course = course(desk.person);
            var back = course.takeBack(setting.items()::contains, this::shows);
            if (back != null) {
                return lease(desk, back.serving(), !back.written(), versions, token);
            }
            var now = setting;
            var exam = source.exam(queue.client, queue.project, desk.person);
            if (exam != null) {
                var next = course.sat(exam.attempt()) < exam.size()
                        ? course.choose(now, item -> isExam(now, item) && unseen(desk, item), this::shown)
                        : null;
                return next == null ? null : serve(desk, next, exam.attempt(), versions, token);
            }
            var schedule = now.schedule();
            if (schedule != null && course.isDue(schedule)) {
                var next = course.choose(now, item -> !isExam(now, item) && unseen(desk, item), this::shown);
                if (next != null) {
                    return serve(desk, next, GoldCourse.AT_WORK, versions, token);
                }
            }
            var lease = work.get();
            if (lease != null) {
                course.count(1);
            }
            return lease;
        }
    }

    private static boolean isExam(GoldSetting now, GoldItem item) {
        return now.exam().contains(item.id());
    }

    private OpenLease serve(PersonDesk desk, GoldItem item, int attempt, OpenLease.Versions versions, long token) {
        var serving = course(desk.person).serve(item, attempt);
        shown.merge(item.id(), 1, Integer::sum);
        queue.tasks.bar(desk.annotator, queue.tasks.find(item.task()));
        return lease(desk, serving, true, versions, token);
    }

    private OpenLease lease(
            PersonDesk desk, GoldCourse.Serving serving, boolean first, OpenLease.Versions versions, long token) {
        var task = serving.item().task();
        var place = new OpenLease.Place(task, queue.tasks.find(task), 1);
        var lease = new OpenLease(OpenLease.Kind.ANNOTATE, desk.person, place, null, token, versions);
        lease.gold = serving;
        lease.firstServing = first;
        desk.open.add(lease);
        return lease;
    }

    private int shown(GoldItem item) {
        return shown.getOrDefault(item.id(), 0);
    }

    private boolean unseen(PersonDesk desk, GoldItem item) {
        return shows(item) && queue.tasks.isNewTo(desk.annotator, queue.tasks.find(item.task()));
    }

    /** A task that was withdrawn is shown to nobody. */
    private boolean shows(GoldItem item) {
        var position = queue.tasks.find(item.task());
        return position >= 0 && !queue.book.isHidden(position) && queue.book.state(position) != TaskState.CANCELLED;
    }

    private GoldCourse course(PersonId person) {
        return courses.computeIfAbsent(person.value(), GoldCourse::new);
    }

    /** Its lease ended without an answer; the lease is closed. */
    void released(OpenLease lease) {
        var serving = lease.gold;
        if (serving != null) {
            synchronized (queue.desk(lease.person)) {
                var written = lease.wasGranted() || !lease.firstServing;
                course(lease.person).giveBack(new GoldCourse.Back(serving, written));
            }
        }
    }

    void skipped(OpenLease lease) {
        var serving = lease.gold;
        if (serving != null) {
            synchronized (queue.desk(lease.person)) {
                course(lease.person).skipped(serving);
            }
        }
    }

    /** A claim was not written. Of gold nothing is undone: it comes at the next claim, under the same number. */
    void undone(OpenLease lease) {
        if (lease.kind == OpenLease.Kind.ANNOTATE && !lease.isGold()) {
            synchronized (queue.desk(lease.person)) {
                course(lease.person).count(-1);
            }
        }
    }

    /**
     * How much a person is told to have before him; the caller holds his desk. Gold that he has not had counts as well, so
     * that the number falls by one with each claim, whatever the claim brings.
     */
    long waiting(PersonDesk desk, long work) {
        var course = course(desk.person);
        var now = setting;
        var exam = source.exam(queue.client, queue.project, desk.person);
        if (exam != null) {
            return Math.max(0, exam.size() - course.sat(exam.attempt()));
        }
        var schedule = now.schedule();
        if (schedule == null) {
            return work;
        }
        var hidden = now.items().stream()
                .filter(item -> !isExam(now, item) && unseen(desk, item))
                .filter(item -> !queue.tasks.isOpenTo(desk.annotator, queue.tasks.find(item.task())))
                .count();
        if (work == 0) {
            return hidden > 0 && course.isDue(schedule) ? 1 : 0;
        }
        return work + hidden;
    }

    /** Reads anew what gold there is. */
    synchronized void reload(Tx tx) {
        var now = source.load(tx, queue.project);
        if (now.schedule() != null && !counted) {
            // A rebuild counts the claims.
            queue.suspect();
            return;
        }
        set(tx, now);
    }

    /** For the rebuild: reads what gold there is; the claims are counted next where there is a schedule. */
    GoldSetting load(Tx tx) {
        var now = source.load(tx, queue.project);
        set(tx, now);
        counted = now.schedule() != null;
        return now;
    }

    private void set(Tx tx, GoldSetting now) {
        var standing = queue.preLabelling.look(tx, queue.terms.showsPreLabels(), now);
        queue.preLabelling.hide(standing);
        setting = now;
        queue.preLabelling.settle(standing);
    }

    /** For the rebuild: other work that a person has claimed. */
    void restoreClaims(PersonId person, int claims) {
        course(person).count(claims);
    }

    /** For the rebuild: gold that a person was shown, in the order of the ordinals. */
    void restoreServing(PersonId person, GoldCourse.Serving serving, boolean skipped) {
        var course = course(person);
        course.restore(serving);
        if (serving.attempt() == GoldCourse.AT_WORK) {
            course.count(1);
        }
        if (skipped) {
            course.skipped(serving);
        }
        shown.merge(serving.item().id(), 1, Integer::sum);
        queue.tasks.bar(
                queue.desk(person).annotator, queue.tasks.find(serving.item().task()));
    }

    /** For the rebuild: gold that waits for the person to come back to it. */
    void restoreBack(PersonId person, GoldCourse.Serving serving) {
        course(person).giveBack(new GoldCourse.Back(serving, true));
    }

    /** What a rebuild must bring back, where claims are counted. */
    List<String> snapshot() {
        var lines = new ArrayList<String>();
        if (counted) {
            courses.forEach((person, course) -> {
                synchronized (queue.desk(new PersonId(person))) {
                    lines.add("gold " + person + " " + course);
                }
            });
        }
        return lines;
    }
}
