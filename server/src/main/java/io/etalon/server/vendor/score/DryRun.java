package io.etalon.server.vendor.score;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a policy would have done with the answers of the past. Time is cut into steps with equally many answers; the shares of a
 * step are decided on the answers before it alone, and it is charged with what these workforces cost and how often they are
 * right by all that is known today. Nothing is changed.
 *
 * @param before what was really done
 * @param after what would have been done
 */
public record DryRun(List<Step> steps, Outcome before, Outcome after) {
    /**
     * One step.
     *
     * @param at when it began
     * @param happened the share that each workforce really had
     */
    public record Step(
            Instant at,
            int answers,
            SortedMap<UUID, Double> shares,
            List<String> reasons,
            SortedMap<UUID, Double> happened) {}

    /**
     * What a way of sharing amounts to.
     *
     * @param cost at today's prices; workforces without a contract count as nothing
     * @param correct how many answers are right, expected
     */
    public record Outcome(double answers, double cost, double correct) {
        /** Cost per correct answer; 0 when none is. */
        public double costPerCorrect() {
            return correct > 0 ? cost / correct : 0;
        }

        private Outcome plus(double more, double price, double accuracy) {
            return new Outcome(answers + more, cost + more * price, correct + more * accuracy);
        }
    }

    /**
     * Runs a policy over the past.
     *
     * @param candidates with their prices; what is known of their accuracy comes from the answers
     * @param steps at most so many
     */
    public static DryRun of(
            RoutingPolicy policy, List<Candidate> candidates, List<Observation> observations, int steps) {
        var past = observations.stream()
                .filter(one -> candidates.stream().anyMatch(c -> c.workforce().equals(one.workforce())))
                .sorted(Comparator.comparing(Observation::at).thenComparing(Observation::task))
                .toList();
        var today = known(candidates, past);
        var told = new ArrayList<Step>();
        var before = new Outcome(0, 0, 0);
        var after = before;
        var cut = Math.max(1, (past.size() + steps - 1) / steps);
        for (var from = 0; from < past.size(); from += cut) {
            var to = Math.min(past.size(), from + cut);
            var shares = Router.decide(
                    policy, known(candidates, past.subList(0, from)), past.size() - from, after.cost(), told.size());
            var happened = new TreeMap<UUID, Double>();
            for (var candidate : today) {
                var who = candidate.workforce();
                var did = past.subList(from, to).stream()
                        .filter(one -> one.workforce().equals(who))
                        .count();
                var would = shares.parts().getOrDefault(who, 0.0) * (to - from);
                happened.put(who, (double) did / (to - from));
                before = before.plus(did, candidate.cost(), candidate.expected());
                after = after.plus(would, candidate.cost(), candidate.expected());
            }
            told.add(new Step(past.get(from).at(), to - from, shares.parts(), shares.reasons(), happened));
        }
        return new DryRun(told, before, after);
    }

    private static List<Candidate> known(List<Candidate> candidates, List<Observation> answers) {
        var scores = Scores.accuracies(answers);
        return candidates.stream()
                .map(one -> {
                    var score = scores.get(one.workforce());
                    return new Candidate(
                            one.workforce(),
                            one.name(),
                            one.price(),
                            score == null ? java.util.Optional.empty() : score.accuracy(),
                            one.closed());
                })
                .toList();
    }
}
