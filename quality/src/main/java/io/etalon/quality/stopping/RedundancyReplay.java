package io.etalon.quality.stopping;

import io.etalon.quality.IdOrder;
import io.etalon.quality.Labels;
import io.etalon.quality.truth.Consensus;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * What a rule would have cost on judgements that exist: they are dealt in random order, round by round, and the method
 * is fitted anew before each decision.
 *
 * <p>A task whose judgements run out before the rule is content counts as having reached its budget. Deterministic for
 * equal arguments; costs rounds x shuffles fits.
 *
 * @param rule the rule
 * @param method what turns the judgements known so far into (calibrated) probabilities
 * @param shuffles orders to average over
 * @param seed seed of the orders
 */
public record RedundancyReplay(RedundancyRule rule, Function<Labels, Consensus> method, int shuffles, long seed) {
    public RedundancyReplay {
        if (shuffles < 1) {
            throw new IllegalArgumentException("needs an order, got " + shuffles);
        }
    }

    /**
     * Averages over the orders.
     *
     * @param judgements judgements a task
     * @param accuracy share of judged gold tasks that are right, ties of m counting 1/m; empty without gold
     * @param confident share of tasks that stopped because they were sure
     * @param rounds fits of the longest order
     */
    public record Outcome(double judgements, OptionalDouble accuracy, double confident, int rounds) {}

    /**
     * Replays the rule.
     *
     * @param gold task id to class id; may be empty
     * @throws IllegalArgumentException when there is no judgement
     */
    public Outcome run(Labels labels, Map<String, String> gold) {
        if (labels.size() == 0) {
            throw new IllegalArgumentException("there is no judgement to replay");
        }
        var random = new SplittableRandom(seed);
        var judgements = 0.0;
        var accuracy = 0.0;
        var confident = 0.0;
        var rounds = 0;
        for (var shuffle = 0; shuffle < shuffles; shuffle++) {
            var deal = new Deal(labels, random.split());
            deal.play();
            judgements += (double) deal.shown() / labels.tasks().size() / shuffles;
            confident += deal.confident() / shuffles;
            accuracy += score(deal.consensus, labels, gold) / shuffles;
            rounds = Math.max(rounds, deal.rounds);
        }
        var known = Double.isNaN(accuracy) ? OptionalDouble.empty() : OptionalDouble.of(accuracy);
        return new Outcome(judgements, known, confident, rounds);
    }

    /** Tasks of the replay are named by index. */
    private static double score(Consensus consensus, Labels labels, Map<String, String> gold) {
        var right = 0.0;
        var judged = 0;
        for (var id : gold.keySet().stream().sorted(IdOrder.INSTANCE).toList()) {
            var task = labels.taskIndex(id);
            if (task.isPresent() && labels.start(task.getAsInt()) < labels.end(task.getAsInt())) {
                judged++;
                var truth = labels.classIndex(gold.getOrDefault(id, ""));
                right += truth.isEmpty()
                        ? 0
                        : consensus.best(task.getAsInt()).scoreAgainst(Integer.toString(truth.getAsInt()));
            }
        }
        return right / judged;
    }

    /** One order of the judgements. */
    private final class Deal {
        private final Labels labels;
        /** Positions of judgements, shuffled within each task. */
        private final int[] order;

        private final int[] shown;
        private final boolean[] sure;
        private Consensus consensus;
        private int rounds;

        Deal(Labels labels, SplittableRandom random) {
            this.labels = labels;
            this.order = new int[labels.size()];
            this.shown = new int[labels.tasks().size()];
            this.sure = new boolean[shown.length];
            Arrays.setAll(order, i -> i);
            for (var task = 0; task < shown.length; task++) {
                shuffle(labels.start(task), labels.end(task), random);
                shown[task] = Math.min(rule.minimum(), labels.end(task) - labels.start(task));
            }
            this.consensus = method.apply(known());
        }

        private void shuffle(int from, int to, SplittableRandom random) {
            for (var i = to - 1; i > from; i--) {
                var other = from + random.nextInt(i - from + 1);
                var kept = order[i];
                order[i] = order[other];
                order[other] = kept;
            }
        }

        void play() {
            rounds = 1;
            while (askMore()) {
                consensus = method.apply(known());
                rounds++;
            }
        }

        /** Shows one more judgement of each task that needs one; false when none did. */
        private boolean askMore() {
            var asked = false;
            for (var task = 0; task < shown.length; task++) {
                var decision = rule.decide(Math.min(1, consensus.confidence(task)), shown[task]);
                sure[task] = decision == RedundancyRule.Decision.STOP_CONFIDENT;
                if (decision == RedundancyRule.Decision.ASK && shown[task] < labels.end(task) - labels.start(task)) {
                    shown[task]++;
                    asked = true;
                }
            }
            return asked;
        }

        private Labels known() {
            var size = shown();
            var tasks = new int[size];
            var workers = new int[size];
            var classes = new int[size];
            var next = 0;
            for (var task = 0; task < shown.length; task++) {
                for (var i = 0; i < shown[task]; i++) {
                    var position = order[labels.start(task) + i];
                    tasks[next] = task;
                    workers[next] = labels.workerAt(position);
                    classes[next++] = labels.classAt(position);
                }
            }
            return Labels.ofIndices(
                    tasks,
                    workers,
                    classes,
                    shown.length,
                    labels.workers().size(),
                    labels.classes().size());
        }

        int shown() {
            return Arrays.stream(shown).sum();
        }

        double confident() {
            var count = 0;
            for (var task : sure) {
                count += task ? 1 : 0;
            }
            return (double) count / sure.length;
        }
    }
}
