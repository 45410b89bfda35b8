package io.etalon.server.work.engine;

import io.etalon.server.base.ProjectId;
import io.etalon.server.work.policy.Admission;
import io.etalon.server.work.policy.QueuePolicy;
import io.etalon.server.work.policy.Refusal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The rules of one queue that are in force, and what of its budget is used up: answers given and answers in work, so that
 * the budget is never exceeded by those who work at the same time. Thread-safe.
 */
final class Terms {
    private final ProjectId project;
    private volatile int redundancy;
    private volatile QueuePolicy policy;
    private volatile long most;
    private final AtomicLong used = new AtomicLong();

    Terms(ProjectId project, int redundancy, QueuePolicy policy) {
        this.project = project;
        this.redundancy = redundancy;
        this.policy = policy;
        this.most = policy.mostAnswers();
    }

    QueuePolicy policy() {
        return policy;
    }

    /** Whether leases are to come with what a model answered. */
    boolean showsPreLabels() {
        return Boolean.TRUE.equals(policy.preLabels());
    }

    void policy(QueuePolicy now) {
        policy = now;
        most = now.mostAnswers();
    }

    int redundancy() {
        return redundancy;
    }

    void redundancy(int answers) {
        redundancy = answers;
    }

    /** How many answers a task needs by plan. */
    int needed(long task) {
        var overlap = policy.overlap();
        return overlap != null && Sampling.sampled(project, task, overlap.share()) ? overlap.answers() : redundancy;
    }

    /** Takes one answer out of the budget; false when nothing is left. */
    boolean reserve() {
        var limit = most;
        return used.getAndUpdate(n -> n < limit ? n + 1 : n) < limit;
    }

    /** The same whether or not there is a budget: it is in the tables already. */
    void restore() {
        restore(1);
    }

    void restore(long answers) {
        used.addAndGet(answers);
    }

    /** What was reserved is not used. */
    void giveBack() {
        used.decrementAndGet();
    }

    long used() {
        return used.get();
    }

    /** Why somebody who took so much gets nothing new; empty when only the tasks themselves can say it. */
    Optional<Refusal> refusal(Admission.Taken taken) {
        return Admission.cap(policy, taken)
                .or(() -> used.get() < most ? Optional.empty() : Optional.of(Refusal.budget()));
    }
}
