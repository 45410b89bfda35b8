package io.etalon.quality.agreement;

import io.etalon.quality.Labels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * For every judged task the voices of each class, and how often one said c where another said k: the pairable values of
 * Krippendorff, the raw material of every figure over many raters. Tasks with the same voices share a pattern, and
 * patterns are sparse: of m workers it has at most m voices and m (m + 1) / 2 cells. A bootstrap replicate counts how often
 * each pattern was drawn and never looks at a judgement again.
 */
final class Coincidences {
    private final int classes;
    private int tasks;
    private int[] patternOf = new int[16];
    private int patterns;
    private int[] workers = new int[16];
    private int[] voiceEnds = new int[16];
    private int[] voiceClass = new int[64];
    private double[] voice = new double[64];
    private int[] cellEnds = new int[16];
    private int[] first = new int[64];
    private int[] second = new int[64];
    private double[] pairs = new double[64];
    private int voiceCount;
    private int cellCount;

    /** Counts the tasks that {@code leastWorkers} or more judged; with one worker a task has voices but no pairs. */
    Coincidences(Labels labels, int leastWorkers) {
        this.classes = labels.classes().size();
        var tally = new Tally(labels);
        var numbers = new HashMap<Voices, Integer>();
        for (var task = 0; task < labels.tasks().size(); task++) {
            tally.count(task);
            if (tally.workers() >= leastWorkers) {
                add(tally, numbers);
            }
        }
    }

    /** Number of tasks counted. */
    int tasks() {
        return tasks;
    }

    int classes() {
        return classes;
    }

    /** Number of different patterns of voices. */
    int patterns() {
        return patterns;
    }

    /** How often each pattern was drawn, given how often each task was. */
    int[] times(int[] drawn) {
        var times = new int[patterns];
        for (var task = 0; task < tasks; task++) {
            times[patternOf[task]] += drawn[task];
        }
        return times;
    }

    /** Number of different workers on a task of a pattern. */
    int workers(int pattern) {
        return workers[pattern];
    }

    /** Adds the voices of a pattern to sums by class, times a factor. */
    void addVoices(int pattern, double factor, double[] sums) {
        for (var i = pattern == 0 ? 0 : voiceEnds[pattern - 1]; i < voiceEnds[pattern]; i++) {
            sums[voiceClass[i]] += factor * voice[i];
        }
    }

    int start(int pattern) {
        return pattern == 0 ? 0 : cellEnds[pattern - 1];
    }

    int end(int pattern) {
        return cellEnds[pattern];
    }

    int first(int position) {
        return first[position];
    }

    int second(int position) {
        return second[position];
    }

    /** Weight of the pairs of a cell in either order; over a pattern of m workers they sum to m (m - 1). */
    double pairs(int position) {
        return pairs[position];
    }

    /** Share of the pairs of workers that agree by pattern, near agreement as weighted; 0 where there is no pair. */
    double[] agreements(Weighting.Weights weights) {
        var agreement = new double[patterns];
        for (var pattern = 0; pattern < patterns; pattern++) {
            for (var i = start(pattern); i < end(pattern); i++) {
                agreement[pattern] += pairs[i] * weights.between().of(first[i], second[i]);
            }
            agreement[pattern] /= Math.max(1.0, (double) workers[pattern] * (workers[pattern] - 1));
        }
        return agreement;
    }

    /** Classes in order and how many voices each has: the same for tasks that no figure can tell apart. */
    private record Voices(List<Integer> classes, List<Double> voices) {}

    private void add(Tally tally, Map<Voices, Integer> numbers) {
        // Sums run in class order, so that the order of workers leaves no trace in the last bit.
        var order = tally.sortedLabels();
        patternOf = tasks == patternOf.length ? Arrays.copyOf(patternOf, tasks * 2) : patternOf;
        // Divided voices alone do not say who said what, so that a task with repetitions is its own pattern.
        if (tally.repeats()) {
            patternOf[tasks++] = addPattern(tally, order);
            return;
        }
        var voices = new Voices(
                Arrays.stream(order).boxed().toList(),
                Arrays.stream(order).mapToObj(tally::voices).toList());
        var known = numbers.get(voices);
        if (known == null) {
            known = addPattern(tally, order);
            numbers.put(voices, known);
        }
        patternOf[tasks++] = known;
    }

    private int addPattern(Tally tally, int[] order) {
        reserve(order.length);
        workers[patterns] = tally.workers();
        for (var i = 0; i < order.length; i++) {
            voiceClass[voiceCount] = order[i];
            voice[voiceCount++] = tally.voices(order[i]);
            for (var j = i; j < order.length; j++) {
                var weight = tally.pairs(order[i], order[j]) * (i == j ? 1 : 2);
                // What rounding leaves of a difference of equals is no pair.
                if (weight > 1e-12) {
                    first[cellCount] = order[i];
                    second[cellCount] = order[j];
                    pairs[cellCount++] = weight;
                }
            }
        }
        voiceEnds[patterns] = voiceCount;
        cellEnds[patterns] = cellCount;
        return patterns++;
    }

    private void reserve(int distinct) {
        if (patterns == workers.length) {
            workers = Arrays.copyOf(workers, patterns * 2);
            voiceEnds = Arrays.copyOf(voiceEnds, patterns * 2);
            cellEnds = Arrays.copyOf(cellEnds, patterns * 2);
        }
        if (voiceCount + distinct > voice.length) {
            var capacity = Math.max(voiceCount + distinct, voice.length * 2);
            voiceClass = Arrays.copyOf(voiceClass, capacity);
            voice = Arrays.copyOf(voice, capacity);
        }
        var cells = Math.addExact(cellCount, Math.multiplyExact(distinct, distinct + 1) / 2);
        if (cells > pairs.length) {
            var capacity = Math.max(cells, pairs.length * 2);
            first = Arrays.copyOf(first, capacity);
            second = Arrays.copyOf(second, capacity);
            pairs = Arrays.copyOf(pairs, capacity);
        }
    }
}
