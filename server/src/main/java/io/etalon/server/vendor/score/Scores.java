package io.etalon.server.vendor.score;

import io.etalon.quality.Estimate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * How well each workforce works, and by how much two of them differ on the same work. There is no ranking: where an interval
 * of a difference holds zero, nobody knows who is better.
 */
public record Scores(SortedMap<UUID, Score> workforces, List<Difference> differences) {
    /** Fewer tasks than these in common are no comparison. */
    static final int LEAST_SHARED = 5;

    /**
     * One workforce's work.
     *
     * @param people who gave the answers
     * @param accuracy share of right answers, resampled by person; empty without an answer
     * @param drift accuracy of the later half of the answers minus that of the earlier one, over people who gave both
     */
    public record Score(
            UUID workforce, int people, int answers, Optional<Estimate> accuracy, Optional<Estimate> drift) {}

    /**
     * Two workforces on the tasks that both answered.
     *
     * @param shared how many these are
     * @param accuracy of the one minus the other; empty where there are fewer than {@value #LEAST_SHARED} tasks in common,
     *     or fewer than two people on a side
     */
    public record Difference(UUID one, UUID other, int shared, Optional<Estimate> accuracy) {
        /** Whether the data tell the two apart, at the 95 % level. */
        public boolean tells() {
            return accuracy.isPresent() && !accuracy.get().interval().contains(0);
        }
    }

    /** Scores all observations; costs a thousand resamples for each workforce and each pair. */
    public static Scores of(List<Observation> observations) {
        var byWorkforce = new TreeMap<UUID, List<Observation>>();
        observations.forEach(one -> byWorkforce
                .computeIfAbsent(one.workforce(), id -> new ArrayList<>())
                .add(one));
        var scores = new TreeMap<UUID, Score>();
        byWorkforce.forEach((workforce, all) -> scores.put(workforce, score(workforce, all)));
        var differences = new ArrayList<Difference>();
        for (var one : byWorkforce.entrySet()) {
            byWorkforce
                    .tailMap(one.getKey(), false)
                    .forEach((other, theirs) ->
                            differences.add(difference(one.getKey(), one.getValue(), other, theirs)));
        }
        return new Scores(scores, differences);
    }

    /** The accuracy of each workforce alone, which is much cheaper. */
    static SortedMap<UUID, Score> accuracies(List<Observation> observations) {
        var byWorkforce = new TreeMap<UUID, List<Observation>>();
        observations.forEach(one -> byWorkforce
                .computeIfAbsent(one.workforce(), id -> new ArrayList<>())
                .add(one));
        var scores = new TreeMap<UUID, Score>();
        byWorkforce.forEach((workforce, all) -> {
            var people = byPerson(all);
            scores.put(
                    workforce,
                    new Score(
                            workforce, people.size(), all.size(), Clustered.share(people.values()), Optional.empty()));
        });
        return scores;
    }

    private static Score score(UUID workforce, List<Observation> all) {
        var people = byPerson(all);
        var times = all.stream().map(Observation::at).sorted().toList();
        var middle = times.get(times.size() / 2);
        return new Score(
                workforce,
                people.size(),
                all.size(),
                Clustered.share(people.values()),
                Clustered.change(before(all, middle), from(all, middle)));
    }

    private static Map<UUID, Clustered.Part> before(List<Observation> all, Instant moment) {
        return byPerson(all.stream().filter(one -> one.at().isBefore(moment)).toList());
    }

    private static Map<UUID, Clustered.Part> from(List<Observation> all, Instant moment) {
        return byPerson(all.stream().filter(one -> !one.at().isBefore(moment)).toList());
    }

    private static Difference difference(UUID one, List<Observation> mine, UUID other, List<Observation> theirs) {
        var shared = tasks(mine);
        shared.retainAll(tasks(theirs));
        if (shared.size() < LEAST_SHARED) {
            return new Difference(one, other, shared.size(), Optional.empty());
        }
        return new Difference(
                one,
                other,
                shared.size(),
                Clustered.difference(
                        byPerson(on(mine, shared)).values(),
                        byPerson(on(theirs, shared)).values()));
    }

    /**
     * By how much a right answer costs more with the one than with the other, on the tasks that both answered.
     *
     * @param prices of an answer, in one currency
     * @return empty where there are fewer than {@value #LEAST_SHARED} such tasks, fewer than two people on a side, or no price
     */
    public static Optional<Estimate> costs(List<Observation> all, Difference of, Map<UUID, Double> prices) {
        var price = prices.get(of.one());
        var otherPrice = prices.get(of.other());
        if (of.shared() < LEAST_SHARED || price == null || otherPrice == null) {
            return Optional.empty();
        }
        var mine = all.stream().filter(one -> one.workforce().equals(of.one())).toList();
        var theirs =
                all.stream().filter(one -> one.workforce().equals(of.other())).toList();
        var shared = tasks(mine);
        shared.retainAll(tasks(theirs));
        return Clustered.costs(
                byPerson(on(mine, shared)).values(),
                price,
                byPerson(on(theirs, shared)).values(),
                otherPrice);
    }

    private static List<Observation> on(List<Observation> all, Set<String> tasks) {
        return all.stream().filter(one -> tasks.contains(one.task())).toList();
    }

    private static Set<String> tasks(List<Observation> all) {
        var tasks = new HashSet<String>();
        all.forEach(one -> tasks.add(one.task()));
        return tasks;
    }

    private static Map<UUID, Clustered.Part> byPerson(List<Observation> all) {
        var people = new TreeMap<UUID, Clustered.Part>();
        all.forEach(one -> people.put(
                one.person(),
                people.getOrDefault(one.person(), Clustered.Part.NONE).plus(one.correct())));
        return people;
    }

    /** What one says agrees with what people of other workforces say on the same task, as a share of such pairs. */
    public static SortedMap<UUID, Estimate> agreement(List<Vote> votes) {
        var byTask = new HashMap<String, List<Vote>>();
        votes.forEach(vote ->
                byTask.computeIfAbsent(vote.task(), task -> new ArrayList<>()).add(vote));
        var parts = new TreeMap<UUID, Map<UUID, Clustered.Part>>();
        for (var same : byTask.values()) {
            for (var one : same) {
                for (var other : same) {
                    if (!one.workforce().equals(other.workforce())) {
                        var agrees = one.said().equals(other.said()) ? 1 : 0;
                        parts.computeIfAbsent(one.workforce(), id -> new TreeMap<>())
                                .merge(one.person(), new Clustered.Part(agrees, 1), Clustered.Part::plus);
                    }
                }
            }
        }
        var agreement = new TreeMap<UUID, Estimate>();
        parts.forEach((workforce, people) ->
                Clustered.share(people.values()).ifPresent(found -> agreement.put(workforce, found)));
        return agreement;
    }

    /**
     * What one person said on one choice of one task.
     *
     * @param task with the choice
     */
    public record Vote(UUID workforce, UUID person, String task, String said) {}
}
