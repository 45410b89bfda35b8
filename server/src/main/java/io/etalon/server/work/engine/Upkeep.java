package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** The ends of leases by the system: they expired, their task was withdrawn, a return was left lying. Thread-safe. */
final class Upkeep {
    private final Commits writers;

    Upkeep(Commits writers) {
        this.writers = writers;
    }

    /** Ends the open leases that match, and waits for the commits; returns how many. */
    int end(WorkQueue queue, Predicate<OpenLease> which, Write.EndReason how, String via) {
        var ends = new ArrayList<CompletableFuture<Write>>();
        for (var lease : queue.openLeases()) {
            if (which.test(lease) && lease.close()) {
                ends.add(writers.hand(Endings.ending(queue, lease, how, via)));
            }
        }
        ends.forEach(Writers::join);
        return ends.size();
    }

    /** Ends the open leases of these people that are granted by now; returns how many. */
    int fence(WorkQueue queue, Fence fence) {
        var ends = new ArrayList<CompletableFuture<Write>>();
        for (var lease : queue.openLeases()) {
            if (fence.people().contains(lease.person) && lease.close()) {
                var write = Endings.ending(queue, lease, Write.EndReason.FENCED, fence.via());
                write.end = new Write.End(lease, Write.EndReason.FENCED, fence.reason(), null);
                ends.add(writers.hand(write));
            }
        }
        ends.forEach(Writers::join);
        return ends.size();
    }

    /** Takes overdue returns from their authors where one of these people could do them instead; returns how many. */
    int lapse(WorkQueue queue, List<SubmissionRef> overdue, List<PersonId> people) {
        var writes = new ArrayList<CompletableFuture<Write>>();
        for (var ref : overdue) {
            if (queue.returns.isForAnother(ref, people) && queue.returns.reclaim(ref)) {
                var write = new Write(queue, "system");
                write.lapse = ref;
                write.onCommit(() -> queue.returns.lapsed(ref));
                write.onFailure(() -> queue.returns.unreclaimed(ref));
                writes.add(writers.hand(write));
            }
        }
        writes.forEach(Writers::join);
        return writes.size();
    }
}
