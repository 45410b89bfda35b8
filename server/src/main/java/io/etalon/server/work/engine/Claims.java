package io.etalon.server.work.engine;

import io.etalon.server.work.frontier.Frontier;
import io.etalon.server.work.policy.Admission;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What one queue gives to people: the rules that are counted in memory, then the frontiers. Thread-safe; the caller holds the desk. */
final class Claims {
    private final WorkQueue queue;
    private volatile Set<UUID> barred = ConcurrentHashMap.newKeySet();

    Claims(WorkQueue queue) {
        this.queue = queue;
    }

    /** Before the queue is shared: the set of those who get nothing, whichever queue it is. */
    void barred(Set<UUID> people) {
        barred = people;
    }

    boolean isBarred(PersonDesk desk) {
        return barred.contains(desk.person.value());
    }

    /** Takes the next task for a person; null when there is none. */
    @Nullable
    OpenLease task(PersonDesk desk, Dispatcher.Worker worker, long token) {
        synchronized (desk) {
            var version = reserve(desk, worker.workforce());
            var fresh = version != Quotas.REFUSED;
            var claim = fresh ? fresh(desk, worker) : queue.tasks.claimReturned(desk.annotator);
            if (claim == Frontier.NONE) {
                unreserve(fresh, worker.workforce(), version);
                return null;
            }
            var position = Frontier.positionOf(claim);
            var past = desk.returned.isEmpty() ? null : desk.returned.remove(claim);
            unreserve(fresh && past != null, worker.workforce(), version);
            var place = new OpenLease.Place(queue.tasks.id(position), position, Frontier.roundOf(claim));
            var lease = new OpenLease(OpenLease.Kind.ANNOTATE, desk.person, place, past, token, worker.versions());
            lease.drafted = queue.drafts.contains(new WorkQueue.DraftOf(lease.person, lease.task));
            lease.takenFor(worker.workforce(), version);
            desk.open.add(lease);
            return lease;
        }
    }

    /** Passes over tasks to which the person's workforce has given its part of the answers. */
    private long fresh(PersonDesk desk, Dispatcher.Worker worker) {
        while (true) {
            var claim = queue.tasks.claim(desk.annotator, Math.min(worker.rounds(), desk.earliestOpenRound()));
            if (claim == Frontier.NONE
                    || desk.returned.containsKey(claim)
                    || queue.quotas.enter(worker.workforce(), Frontier.positionOf(claim))) {
                return claim;
            }
            queue.tasks.skip(desk.annotator, Frontier.positionOf(claim), Frontier.roundOf(claim));
        }
    }

    /** Returns the version of the shares under which an answer was reserved. */
    private long reserve(PersonDesk desk, @Nullable UUID workforce) {
        if (!mayTakeMore(desk) || !queue.terms.reserve()) {
            return Quotas.REFUSED;
        }
        var version = queue.quotas.reserve(workforce);
        if (version == Quotas.REFUSED) {
            queue.terms.giveBack();
        }
        return version;
    }

    private boolean mayTakeMore(PersonDesk desk) {
        return queue.terms.policy().caps() == null
                || Admission.cap(
                                queue.terms.policy(),
                                new Admission.Taken(
                                        desk.taken(), queue.book.counts().tasks()))
                        .isEmpty();
    }

    private void unreserve(boolean reserved, @Nullable UUID workforce, long version) {
        if (reserved) {
            queue.terms.giveBack();
            queue.quotas.giveBack(workforce, version);
        }
    }

    /** A lease for a new answer ended without one. */
    void giveBack(OpenLease lease) {
        queue.terms.giveBack();
        queue.quotas.giveBack(lease.workforce(), lease.shares());
        queue.quotas.leave(lease.workforce(), lease.position);
    }

    /** Takes the next submission for who may decide on it; null when there is none. */
    @Nullable
    OpenLease review(PersonDesk desk, Dispatcher.Worker worker, long token) {
        synchronized (desk) {
            var taken = queue.reviews.claim(desk.person, worker.reach());
            if (taken == null) {
                return null;
            }
            var ref = taken.ref();
            var place = new OpenLease.Place(ref.task(), taken.position(), ref.round());
            var lease = new OpenLease(OpenLease.Kind.REVIEW, desk.person, place, ref, token, worker.versions());
            desk.open.add(lease);
            return lease;
        }
    }
}
