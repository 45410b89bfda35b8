package io.etalon.ranking;

import java.util.Arrays;
import java.util.List;

/** The arrays of {@link Votes}; a column of length 0 is absent. */
record VoteColumns(
        char[] a,
        char[] b,
        byte[] outcome,
        int[] prompt,
        int[] voter,
        double[] weight,
        List<String> styleNames,
        float[][] style,
        int prompts,
        int voters) {
    static VoteColumns of(char[] a, char[] b, byte[] outcome) {
        return new VoteColumns(a, b, outcome, new int[0], new int[0], new double[0], List.of(), new float[0][], 0, 0);
    }

    static VoteColumns blank(List<String> styleNames, int capacity) {
        return new VoteColumns(
                new char[capacity],
                new char[capacity],
                new byte[capacity],
                new int[capacity],
                new int[capacity],
                new double[capacity],
                styleNames,
                new float[styleNames.size()][capacity],
                0,
                0);
    }

    VoteColumns resized(int capacity) {
        var styles = new float[style.length][];
        Arrays.setAll(styles, k -> Arrays.copyOf(style[k], capacity));
        return new VoteColumns(
                Arrays.copyOf(a, capacity),
                Arrays.copyOf(b, capacity),
                Arrays.copyOf(outcome, capacity),
                Arrays.copyOf(prompt, capacity),
                Arrays.copyOf(voter, capacity),
                Arrays.copyOf(weight, capacity),
                styleNames,
                styles,
                prompts,
                voters);
    }

    /** Without the clusters that nobody named and the weights that are all 1. */
    VoteColumns trimmed() {
        var plain = Arrays.stream(weight).allMatch(w -> w == 1);
        var lean = new VoteColumns(
                a, b, outcome, new int[0], new int[0], plain ? new double[0] : weight, styleNames, style, 0, 0);
        return lean.withPrompts(prompt).withVoters(voter);
    }

    VoteColumns withPrompts(int[] numbers) {
        var count = clusters(numbers, "prompt");
        var kept = count == 0 ? new int[0] : numbers;
        return new VoteColumns(a, b, outcome, kept, voter, weight, styleNames, style, count, voters);
    }

    VoteColumns withVoters(int[] numbers) {
        var count = clusters(numbers, "voter");
        var kept = count == 0 ? new int[0] : numbers;
        return new VoteColumns(a, b, outcome, prompt, kept, weight, styleNames, style, prompts, count);
    }

    VoteColumns withWeights(double[] weights) {
        requireLength(weights.length, "weights");
        for (var w : weights) {
            if (!(w >= 0) || w == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("weights must be finite and 0 or more, got " + w);
            }
        }
        return new VoteColumns(a, b, outcome, prompt, voter, weights, styleNames, style, prompts, voters);
    }

    VoteColumns withStyle(List<String> names, float[][] values) {
        if (names.size() != values.length) {
            throw new IllegalArgumentException(names.size() + " style names for " + values.length + " columns");
        }
        for (var column : values) {
            requireLength(column.length, "style values");
            for (var value : column) {
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException("style values must be finite, got " + value);
                }
            }
        }
        return new VoteColumns(
                a, b, outcome, prompt, voter, weight, List.copyOf(names), values.clone(), prompts, voters);
    }

    VoteColumns select(int[] rows) {
        var to = blank(styleNames, rows.length);
        for (var i = 0; i < rows.length; i++) {
            var row = rows[i];
            to.a[i] = a[row];
            to.b[i] = b[row];
            to.outcome[i] = outcome[row];
            to.prompt[i] = prompt.length == 0 ? Votes.UNKNOWN : prompt[row];
            to.voter[i] = voter.length == 0 ? Votes.UNKNOWN : voter[row];
            to.weight[i] = weight.length == 0 ? 1 : weight[row];
            for (var k = 0; k < style.length; k++) {
                to.style[k][i] = style[k][row];
            }
        }
        return to.trimmed();
    }

    void requireValid(int models) {
        requireLength(a.length, "first models");
        requireLength(b.length, "second models");
        if (models > Votes.MOST_MODELS) {
            throw new IllegalArgumentException("more than " + Votes.MOST_MODELS + " models: " + models);
        }
        var outcomes = Outcome.values().length;
        for (var i = 0; i < outcome.length; i++) {
            if (a[i] >= models || b[i] >= models || a[i] == b[i] || outcome[i] < 0 || outcome[i] >= outcomes) {
                throw new IllegalArgumentException("vote " + i + ": model " + (int) a[i] + " v " + (int) b[i]
                        + ", outcome " + outcome[i] + "; two different models below " + models
                        + " and an outcome below " + outcomes + " are wanted");
            }
        }
    }

    private int clusters(int[] numbers, String what) {
        requireLength(numbers.length, what + "s");
        var most = Votes.UNKNOWN;
        for (var number : numbers) {
            if (number < Votes.UNKNOWN || number == Integer.MAX_VALUE) {
                throw new IllegalArgumentException(what + " number " + number + " is below -1 or too large");
            }
            most = Math.max(most, number);
        }
        return most + 1;
    }

    private void requireLength(int length, String what) {
        if (length != outcome.length) {
            throw new IllegalArgumentException(length + " " + what + " for " + outcome.length + " votes");
        }
    }
}
