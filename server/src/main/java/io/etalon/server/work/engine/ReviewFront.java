package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import io.etalon.server.work.frontier.Claimant;
import io.etalon.server.work.frontier.Frontier;
import io.etalon.server.work.review.Seat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The submissions that wait for somebody's decision: a frontier for each stage, and one each for what was escalated and
 * for appeals. Its author, and who decided on it before, is never offered a submission. What is nearer to its end is
 * offered first: appeals, escalations, then later stages before earlier ones.
 *
 * <p>Thread-safe; claims of one person are serialised by the caller.
 */
final class ReviewFront {
    /** A place in the front. */
    private record Line(Seat seat, int stage) {
        static Line of(SubmissionRef ref) {
            return switch (ref.way().seat()) {
                case REVIEW -> new Line(Seat.REVIEW, ref.way().stage());
                case ESCALATION, APPEAL -> new Line(ref.way().seat(), 0);
            };
        }
    }

    private static final Comparator<Line> NEAREST_THE_END =
            Comparator.comparing(Line::seat).thenComparingInt(Line::stage).reversed();

    private final ConcurrentMap<Line, Frontier> lines = new ConcurrentSkipListMap<>(NEAREST_THE_END);
    private final ConcurrentMap<Long, SubmissionRef> waiting = new ConcurrentHashMap<>();

    /** A submission that was taken, with its position in its frontier. */
    record Taken(SubmissionRef ref, int position) {}

    /** Offers a submission to everybody but its author and those who decided on it. */
    void add(SubmissionRef ref) {
        waiting.put(ref.id(), ref);
        add(lines.computeIfAbsent(Line.of(ref), key -> new Frontier()), ref);
    }

    /** The same for one that was {@linkplain #remove removed} where it stands now. Looks at every one of its stage. */
    void again(SubmissionRef ref) {
        waiting.put(ref.id(), ref);
        var line = lines.computeIfAbsent(Line.of(ref), key -> new Frontier());
        for (var position = 0; position < line.size(); position++) {
            if (line.id(position) == ref.id()) {
                line.setCapacity(position, barred(ref) + 1);
                return;
            }
        }
        add(line, ref);
    }

    private static void add(Frontier line, SubmissionRef ref) {
        var barred = new ArrayList<Claimant>();
        barred.add(line.claimant(ref.author().value()));
        ref.way().judges().stream().distinct().forEach(judge -> barred.add(line.claimant(judge.value())));
        // One slot more than those that are taken from the start: who is barred holds a slot, and nobody holds two.
        line.add(ref.id(), 0, barred.size() + 1, barred);
    }

    /** Takes the next submission for a person; null when there is none within his reach. */
    @Nullable
    Taken claim(PersonId person, Reach reach) {
        for (var entry : lines.entrySet()) {
            var line = entry.getKey();
            if (!reach.reaches(line.seat(), line.stage())) {
                continue;
            }
            var frontier = entry.getValue();
            var claim = frontier.claim(frontier.claimant(person.value()), 1);
            if (claim != Frontier.NONE) {
                var position = Frontier.positionOf(claim);
                var ref = waiting.get(frontier.id(position));
                if (ref == null) {
                    throw new IllegalStateException(
                            "submission " + frontier.id(position) + " is offered but does not wait");
                }
                return new Taken(ref, position);
            }
        }
        return null;
    }

    /** Gives back what a lease took. */
    void release(OpenLease lease) {
        var frontier = frontier(lease.judged());
        frontier.release(frontier.claimant(lease.person.value()), lease.position, 1);
    }

    /** For the rebuild: a lease that the tables show as open. */
    void restore(OpenLease lease) {
        var frontier = frontier(lease.judged());
        frontier.restore(frontier.claimant(lease.person.value()), lease.position, 1);
    }

    private Frontier frontier(SubmissionRef ref) {
        var frontier = lines.get(Line.of(ref));
        if (frontier == null) {
            throw new IllegalStateException("submission " + ref.id() + " never waited at " + ref.way());
        }
        return frontier;
    }

    /** Offers submissions to nobody, or to people again; those that somebody has in hand stay with him. Looks at every one. */
    void offer(Predicate<SubmissionRef> which, boolean offered) {
        lines.forEach((line, frontier) -> {
            for (var position = 0; position < frontier.size(); position++) {
                var ref = waiting.get(frontier.id(position));
                if (ref != null && line.equals(Line.of(ref)) && which.test(ref)) {
                    frontier.setCapacity(position, offered ? barred(ref) + 1 : 0);
                }
            }
        });
    }

    /** How many people a submission is never offered to: its author and those who decided on it. */
    private static int barred(SubmissionRef ref) {
        return 1 + (int) ref.way().judges().stream().distinct().count();
    }

    void remove(SubmissionRef ref) {
        waiting.remove(ref.id());
    }

    @Nullable
    SubmissionRef waiting(long submission) {
        return waiting.get(submission);
    }

    Collection<SubmissionRef> waiting() {
        return waiting.values();
    }

    /** How many submissions this person could take now. Looks at every one: for screens, not for claims. */
    long available(PersonId person, Reach reach) {
        return lines.entrySet().stream()
                .filter(entry ->
                        reach.reaches(entry.getKey().seat(), entry.getKey().stage()))
                .mapToLong(entry -> {
                    var frontier = entry.getValue();
                    return frontier.available(frontier.claimant(person.value()), 1);
                })
                .sum();
    }

    /** For the rebuild: the places of the submissions that wait, each in its frontier. */
    Map<Long, Integer> positions() {
        var positions = new HashMap<Long, Integer>();
        for (var frontier : List.copyOf(lines.values())) {
            for (var position = 0; position < frontier.size(); position++) {
                positions.put(frontier.id(position), position);
            }
        }
        return positions;
    }
}
