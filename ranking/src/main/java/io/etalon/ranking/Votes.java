package io.etalon.ranking;

import io.etalon.quality.IdOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Votes on pairs of models, packed: five bytes a vote, four more for each of prompt and voter, eight for a weight and four
 * for each style column. Immutable and safe to share between threads.
 *
 * <p>Models are numbered in the order of their ids (numbers by value, then words), so the order of the votes leaves no trace
 * in a rating. Prompts and voters are clusters: their numbers mean nothing. At most 65,535 models and 2^31 - 1 votes.
 */
public final class Votes {
    /** Most models a packed vote can tell apart. */
    public static final int MOST_MODELS = Character.MAX_VALUE;

    /** Cluster number of a vote whose prompt or voter is unknown. */
    public static final int UNKNOWN = -1;

    private final List<String> models;
    private final VoteColumns columns;

    Votes(List<String> models, VoteColumns columns) {
        this.models = List.copyOf(models);
        this.columns = columns;
    }

    /** A builder of votes without style columns. */
    public static Builder builder() {
        return new Builder(List.of());
    }

    /** A builder of votes with these style columns. */
    public static Builder builder(List<String> styleColumns) {
        return new Builder(List.copyOf(styleColumns));
    }

    /**
     * Votes that are numbered already, of weight 1: the i-th is that {@code a[i]} met {@code b[i]} with the outcome of
     * ordinal {@code outcome[i]}. The arrays are taken over, not copied: the caller must not change them afterwards.
     *
     * @throws IllegalArgumentException when the arrays differ in length, a number is out of range or a model meets itself
     */
    public static Votes dense(List<String> models, char[] a, char[] b, byte[] outcome) {
        var columns = VoteColumns.of(a, b, outcome);
        columns.requireValid(models.size());
        return new Votes(models, columns);
    }

    /** These votes with prompts numbered from 0, or {@link #UNKNOWN}; the array is taken over. */
    public Votes withPrompts(int[] prompts) {
        return new Votes(models, columns.withPrompts(prompts));
    }

    /** These votes with voters numbered from 0, or {@link #UNKNOWN}; the array is taken over. */
    public Votes withVoters(int[] voters) {
        return new Votes(models, columns.withVoters(voters));
    }

    /**
     * These votes with other weights; the array is taken over.
     *
     * @throws IllegalArgumentException unless there is one finite weight of 0 or more for each vote
     */
    public Votes withWeights(double[] weights) {
        return new Votes(models, columns.withWeights(weights));
    }

    /** These votes with style columns, {@code values[column][vote]}, a minus b; the arrays are taken over. */
    public Votes withStyle(List<String> names, float[][] values) {
        return new Votes(models, columns.withStyle(names, values));
    }

    /** These votes without their style columns. */
    public Votes withoutStyle() {
        return new Votes(models, columns.withStyle(List.of(), new float[0][]));
    }

    /** Number of votes. */
    public int size() {
        return columns.outcome().length;
    }

    /** Model ids in index order, unmodifiable. */
    public List<String> models() {
        return models;
    }

    /** Index of a model id, in O(models). */
    public OptionalInt modelIndex(String id) {
        var index = models.indexOf(id);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** Index of the model shown first. */
    public int a(int vote) {
        return columns.a()[vote];
    }

    /** Index of the model shown second. */
    public int b(int vote) {
        return columns.b()[vote];
    }

    /** What the voter said. */
    public Outcome outcome(int vote) {
        return Outcome.at(columns.outcome()[vote]);
    }

    /** Ordinal of {@link #outcome}, for tight loops. */
    public int outcomeCode(int vote) {
        return columns.outcome()[vote];
    }

    /** Whether any vote has a prompt. */
    public boolean hasPrompts() {
        return columns.prompt().length > 0;
    }

    /** Whether any vote has a voter. */
    public boolean hasVoters() {
        return columns.voter().length > 0;
    }

    /** Whether weights were given; without, each vote weighs 1. */
    public boolean hasWeights() {
        return columns.weight().length > 0;
    }

    /** Number of the vote's prompt, or {@link #UNKNOWN}. */
    public int prompt(int vote) {
        return hasPrompts() ? columns.prompt()[vote] : UNKNOWN;
    }

    /** Number of the vote's voter, or {@link #UNKNOWN}. */
    public int voter(int vote) {
        return hasVoters() ? columns.voter()[vote] : UNKNOWN;
    }

    /** One more than the largest prompt number. */
    public int prompts() {
        return columns.prompts();
    }

    /** One more than the largest voter number. */
    public int voters() {
        return columns.voters();
    }

    /** Weight of the vote. */
    public double weight(int vote) {
        return hasWeights() ? columns.weight()[vote] : 1;
    }

    /** Names of the style columns, unmodifiable. */
    public List<String> styleColumns() {
        return columns.styleNames();
    }

    /** Value of a style column, a minus b. */
    public float style(int column, int vote) {
        return columns.style()[column][vote];
    }

    /** Effective number of votes under their weights, {@code (sum w)^2 / sum w^2} (Kish 1965). */
    public double effectiveSize() {
        if (!hasWeights()) {
            return size();
        }
        var sum = 0.0;
        var squares = 0.0;
        for (var weight : columns.weight()) {
            sum += weight;
            squares += weight * weight;
        }
        return squares > 0 ? sum * sum / squares : 0;
    }

    /** The votes at these rows, in this order: a slice, on the same models. */
    public Votes select(int[] rows) {
        return new Votes(models, columns.select(rows));
    }

    @Override
    public String toString() {
        return size() + " votes on " + models.size() + " models";
    }

    /** Collects votes in any order. Not safe for concurrent use. */
    public static final class Builder {
        private final List<String> styleColumns;
        private final Map<String, Integer> models = new HashMap<>();
        private final Map<String, Integer> prompts = new HashMap<>();
        private final Map<String, Integer> voters = new HashMap<>();
        private VoteColumns columns;
        private int size;

        private Builder(List<String> styleColumns) {
            this.styleColumns = styleColumns;
            this.columns = VoteColumns.blank(styleColumns, 64);
        }

        /**
         * Adds one vote.
         *
         * @throws IllegalArgumentException when the number of style values differs from that of the columns, or there are
         *     more models than {@link #MOST_MODELS}
         */
        public Builder add(Vote vote) {
            if (vote.style().size() != styleColumns.size()) {
                throw new IllegalArgumentException(
                        "vote has " + vote.style().size() + " style values, the columns are " + styleColumns);
            }
            if (size == columns.outcome().length) {
                columns = columns.resized(size + (size >> 1));
            }
            columns.a()[size] = (char) model(vote.modelA());
            columns.b()[size] = (char) model(vote.modelB());
            columns.outcome()[size] = (byte) vote.outcome().ordinal();
            columns.prompt()[size] = cluster(prompts, vote.prompt());
            columns.voter()[size] = cluster(voters, vote.voter());
            columns.weight()[size] = vote.weight();
            for (var k = 0; k < styleColumns.size(); k++) {
                columns.style()[k][size] = vote.style().get(k).floatValue();
            }
            size++;
            return this;
        }

        /** The votes added so far; the builder may go on. */
        public Votes build() {
            var ids = new ArrayList<>(models.keySet());
            ids.sort(IdOrder.INSTANCE);
            var place = new char[ids.size()];
            for (var i = 0; i < place.length; i++) {
                place[models.getOrDefault(ids.get(i), 0)] = (char) i;
            }
            var packed = columns.resized(size);
            for (var i = 0; i < size; i++) {
                packed.a()[i] = place[packed.a()[i]];
                packed.b()[i] = place[packed.b()[i]];
            }
            return new Votes(ids, packed.trimmed());
        }

        private int model(String id) {
            var number = models.computeIfAbsent(id, unused -> models.size());
            if (number >= MOST_MODELS) {
                throw new IllegalArgumentException("more than " + MOST_MODELS + " models");
            }
            return number;
        }

        private static int cluster(Map<String, Integer> numbers, String id) {
            return id.isEmpty() ? UNKNOWN : numbers.computeIfAbsent(id, unused -> numbers.size());
        }
    }
}
