package io.etalon.quality.numeric;

import io.etalon.quality.IdOrder;
import io.etalon.quality.Labels;
import io.etalon.quality.truth.Consensus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Sets of options, any number of which may be true of a task (tags, topics), one by one: whether an option holds is a
 * yes-or-no task for any categorical method (binary relevance; M.-L. Zhang and Z.-H. Zhou, IEEE TKDE 26, 2014). A worker
 * who did not choose an option said no to it. Immutable.
 */
public final class MultiLabel {
    /** The class that stands for a chosen option. */
    public static final String YES = "yes";

    /** The class that stands for an option not chosen. */
    public static final String NO = "no";

    private static final double TIE = 1e-9;

    private final List<String> options;
    private final Map<String, List<Choice>> byTask;
    private final int repeated;

    private record Choice(String worker, Set<String> chosen) {}

    private MultiLabel(Builder builder) {
        this.options = List.copyOf(builder.options);
        this.repeated = builder.repeated;
        this.byTask = new TreeMap<>(IdOrder.INSTANCE);
        builder.byTask.forEach((task, answers) -> {
            var choices = new ArrayList<Choice>();
            answers.forEach((worker, chosen) -> choices.add(new Choice(worker, chosen)));
            byTask.put(task, choices);
        });
    }

    /**
     * What is true of a task.
     *
     * @param probabilities of every option, in the order of options
     * @param chosen options that are likelier to hold than not
     * @param undecided options that hold with probability one half, within 1e-9: a tie, which is no choice
     */
    public record Options(Map<String, Double> probabilities, List<String> chosen, List<String> undecided) {}

    /** A builder; options beyond those given are refused, with none given all that occur count. */
    public static Builder builder(List<String> options) {
        return new Builder(options);
    }

    /** Every option, in the order of their ids. */
    public List<String> options() {
        return options;
    }

    /** Answers that repeated a (task, worker) pair and were dropped: the first stands. */
    public int repeated() {
        return repeated;
    }

    /** Whether each worker chose an option, as a categorical question of the classes {@link #NO} and {@link #YES}. */
    public Labels labels(String option) {
        if (!options.contains(option)) {
            throw new IllegalArgumentException("\"" + option + "\" is none of the options " + options);
        }
        var labels = Labels.builder(List.of(NO, YES));
        byTask.forEach((task, choices) ->
                choices.forEach(choice -> labels.add(task, choice.worker, choice.chosen.contains(option) ? YES : NO)));
        return labels.build();
    }

    /**
     * Every task's options by a method such as {@code MajorityVote::of}, by task; costs the method once an option.
     *
     * @throws IllegalArgumentException when there is no answer
     */
    public Map<String, Options> fit(Function<Labels, Consensus> method) {
        if (byTask.isEmpty()) {
            throw new IllegalArgumentException("there is no answer to learn from");
        }
        var probabilities = new TreeMap<String, Map<String, Double>>(IdOrder.INSTANCE);
        byTask.keySet().forEach(task -> probabilities.put(task, new TreeMap<>(IdOrder.INSTANCE)));
        for (var option : options) {
            var labels = labels(option);
            var consensus = method.apply(labels);
            for (var task = 0; task < labels.tasks().size(); task++) {
                probabilities
                        .getOrDefault(labels.tasks().get(task), Map.of())
                        .put(option, consensus.posterior(task, 1));
            }
        }
        var result = new TreeMap<String, Options>(IdOrder.INSTANCE);
        probabilities.forEach((task, own) -> result.put(task, decide(own)));
        return result;
    }

    private static Options decide(Map<String, Double> probabilities) {
        var chosen = new ArrayList<String>();
        var undecided = new ArrayList<String>();
        probabilities.forEach((option, probability) -> {
            if (probability > .5 + TIE) {
                chosen.add(option);
            } else if (probability >= .5 - TIE) {
                undecided.add(option);
            }
        });
        return new Options(probabilities, List.copyOf(chosen), List.copyOf(undecided));
    }

    /** Collects answers in any order. Not safe for concurrent use. */
    public static final class Builder {
        private final boolean open;
        private final Set<String> options = new TreeSet<>(IdOrder.INSTANCE);
        private final Map<String, Map<String, Set<String>>> byTask = new TreeMap<>(IdOrder.INSTANCE);
        private int repeated;

        private Builder(List<String> options) {
            this.open = options.isEmpty();
            this.options.addAll(options);
        }

        /**
         * Adds the options that a worker chose for a task, perhaps none. A second answer is counted and dropped.
         *
         * @throws IllegalArgumentException when options were given and one is none of them
         */
        public Builder add(String task, String worker, Set<String> chosen) {
            if (!open && !options.containsAll(chosen)) {
                var strange = new HashSet<>(chosen);
                strange.removeAll(options);
                throw new IllegalArgumentException("worker \"" + worker + "\" chose " + strange + " on task \"" + task
                        + "\", which is none of the options " + options);
            }
            var answers = byTask.computeIfAbsent(task, id -> new TreeMap<>(IdOrder.INSTANCE));
            if (answers.putIfAbsent(worker, Set.copyOf(chosen)) != null) {
                repeated++;
            } else {
                options.addAll(chosen);
            }
            return this;
        }

        /** The answers added so far; the builder may go on. */
        public MultiLabel build() {
            return new MultiLabel(this);
        }
    }
}
